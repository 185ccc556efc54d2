// Package openapi holds the traffic between a client and a simulator against
// the vendor's OpenAPI document: requests as well as answers, by kin-openapi. A
// simulator is only as honest as its evidence, and these documents are evidence
// that we did not write. Only tests import it.
//
// Where a document contradicts what the vendor was recorded to send, or does
// not speak of something at all, the exception is named with its reason
// (Exception).
package openapi

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

// Document is one OpenAPI document, version 3, with what is excepted from it.
type Document struct {
	spec   *openapi3.T
	paths  []path
	except []Exception
}

// path is a path of the document, cut at its slashes.
type path struct {
	template string
	segments []string
	item     *openapi3.PathItem
}

// Exception is a breach that is none.
type Exception struct {
	Breach string // a part of the sentence that Breaches would say
	Reason string
}

// Read reads a document in JSON.
func Read(file string, except ...Exception) (*Document, error) {
	spec, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	d := &Document{spec: spec, except: except}
	for template, item := range spec.Paths.Map() {
		d.paths = append(d.paths, path{template, cut(template), item})
	}
	return d, nil
}

func cut(p string) []string { return strings.Split(strings.Trim(p, "/"), "/") }

// Covers says whether the document speaks of the request's path and method. It
// compares words without case, as Azure DevOps does.
func (d *Document) Covers(method, escapedPath string) bool {
	route, _ := d.route(method, escapedPath)
	return route != nil
}

// route finds the operation; of two that match, the one with more words in
// place of variables.
func (d *Document) route(method, escapedPath string) (*routers.Route, map[string]string) {
	var best *routers.Route
	var bound map[string]string
	segments := cut(escapedPath)
	for _, p := range d.paths {
		operation := p.item.GetOperation(method)
		variables, fits := p.bind(segments)
		if operation != nil && fits && (best == nil || len(variables) < len(bound)) {
			best = &routers.Route{Spec: d.spec, Path: p.template, PathItem: p.item, Method: method, Operation: operation}
			bound = variables
		}
	}
	return best, bound
}

// bind fits a path to the template and returns what the variables hold.
func (p path) bind(segments []string) (map[string]string, bool) {
	if len(segments) != len(p.segments) {
		return nil, false
	}
	variables := map[string]string{}
	for i, word := range p.segments {
		if name, is := strings.CutPrefix(word, "{"); is {
			variables[strings.TrimSuffix(name, "}")] = segments[i]
		} else if !strings.EqualFold(word, segments[i]) {
			return nil, false
		}
	}
	return variables, true
}

// Schema says how a value in JSON breaks one of the document's named schemas.
func (d *Document) Schema(name string, value any) []string {
	named := d.spec.Components.Schemas[name]
	if named == nil {
		return []string{"no schema " + name}
	}
	return d.sentences(named.Value.VisitJSON(value, openapi3.MultiErrors()))
}

// Exchange is a request and its answer, as they went over the wire.
type Exchange struct {
	Request *http.Request // its URL and header
	Sent    []byte
	Status  int
	Header  http.Header
	Answer  []byte
}
