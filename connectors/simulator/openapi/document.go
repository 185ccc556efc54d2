// Package openapi holds what a simulator answers against its vendor's OpenAPI
// document: an unknown property, a wrong type, a missing one, a status that the
// document does not have. A simulator is only as honest as its evidence, and
// these documents are evidence that we did not write.
//
// It knows the keywords that Atlassian's and Microsoft's documents use, and no
// others. Only tests import it.
package openapi

import (
	"encoding/json"
	"fmt"
	"mime"
	"os"
	"strings"
)

type object = map[string]any

// Document is one OpenAPI document, version 3.
type Document struct{ root object }

// Read reads a document in JSON.
func Read(path string) (Document, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return Document{}, fmt.Errorf("read document: %w", err)
	}
	var d Document
	if err := json.Unmarshal(raw, &d.root); err != nil {
		return Document{}, fmt.Errorf("read document: %w", err)
	}
	return d, nil
}

// Exchange is a request and its answer, as they went over the wire.
type Exchange struct {
	Method   string
	Template string // the path as the document writes it: /issue/{issueIdOrKey}
	Sent     []byte // the request's body in JSON; nil when it is not to be checked
	Status   int
	Media    string // Content-Type of the answer
	Answer   []byte
}

// Breaches says where an exchange breaks the document, a sentence each; none
// when it follows it.
func (d Document) Breaches(e Exchange) []string {
	operation := d.at(d.root, "paths", e.Template, strings.ToLower(e.Method))
	if operation == nil {
		return []string{"the path is not in the document"}
	}
	var all []string
	if e.Sent != nil {
		all = d.read(d.at(operation, "requestBody", "content", "application/json", "schema"), e.Sent, "request")
	}
	answers := d.at(operation, "responses")
	answer := d.at(answers, fmt.Sprint(e.Status))
	if answer == nil && e.Status >= 400 {
		answer = d.at(answers, "4XX")
	}
	if answer == nil {
		return append(all, fmt.Sprintf("status %d is not in the document: %s", e.Status, e.Answer))
	}
	if len(e.Answer) == 0 {
		return all
	}
	media, _, err := mime.ParseMediaType(e.Media)
	if err != nil {
		return append(all, fmt.Sprintf("the answer's Content-Type is %q", e.Media))
	}
	content := d.at(answer, "content")
	if len(content) > 0 && content[media] == nil {
		return append(all, fmt.Sprintf("the document knows no answer in %s", media))
	}
	return append(all, d.read(d.at(content, media, "schema"), e.Answer, "answer")...)
}

// Schema finds a named schema and says how a value in JSON breaks it.
func (d Document) Schema(name string, value []byte) []string {
	return d.read(d.at(d.root, "components", "schemas", name), value, name)
}

func (d Document) read(schema object, raw []byte, at string) []string {
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return []string{fmt.Sprintf("%s is no JSON: %v", at, err)}
	}
	return d.check(schema, value, at)
}

// at follows keys into the document, through references.
func (d Document) at(from any, keys ...string) object {
	o, _ := from.(object)
	for _, key := range keys {
		o, _ = d.resolve(o)[key].(object)
	}
	return d.resolve(o)
}

func (d Document) resolve(o object) object {
	ref, is := o["$ref"].(string)
	if !is {
		return o
	}
	return d.at(d.root, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
}
