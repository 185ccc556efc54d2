package azuresim

import (
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// operation is one of a JSON Patch document.
type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// draft gathers what a document asks for. Nothing is applied before all of it
// has been understood.
type draft struct {
	w       *World
	it      *item
	fields  map[string]any // to set; nil clears
	comment string
	list    []relation // the relations as they would be
	added   []relation
	removed []relation
}

// patchDocument reads the body of a PATCH. Only the one content type will do.
func (c *call) patchDocument() ([]operation, error) {
	kind, _, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if kind != "application/json-patch+json" {
		return nil, refused(http.StatusUnsupportedMediaType, "VssRequestContentTypeNotSupportedException",
			`The request indicated a Content-Type of "%s" for method type "%s" which is not supported. `+
				`Valid content types for this method are: application/json-patch+json.`, kind, c.r.Method)
	}
	raw, err := io.ReadAll(c.r.Body)
	var ops []operation
	if err == nil {
		err = json.Unmarshal(raw, &ops)
	}
	if err != nil || len(ops) == 0 {
		return nil, badArgument("You must pass a valid patch document in the body of the request.")
	}
	return ops, nil
}

// read runs a document's operations on the draft, in their order.
func (d *draft) read(ops []operation) error {
	for _, op := range ops {
		if err := d.one(op); err != nil {
			return err
		}
	}
	return nil
}

func (d *draft) one(op operation) error {
	verb, path := key(op.Op), key(op.Path)
	ref, isField := strings.CutPrefix(path, "/fields/")
	at, isRelation := strings.CutPrefix(path, "/relations/")
	switch {
	case verb == "test" && path == "/rev":
		return d.test("/rev", d.it.current().rev, whole(op.Value))
	case verb == "test" && isField:
		f := d.w.field(ref)
		if f == nil {
			return noField(op.Path)
		}
		wanted, err := d.w.coerce(d.it.project, f, d.it.text("System.WorkItemType"), op.Value)
		if err != nil {
			return err
		}
		return d.test(op.Path, d.it.current().fields[f.Ref], wanted)
	case (verb == "add" || verb == "replace") && isField:
		return d.set(ref, op.Value, verb == "replace")
	case verb == "remove" && isField:
		return d.set(ref, nil, true)
	case verb == "add" && at == "-":
		return d.addRelation(op.Value)
	case verb == "remove" && isRelation:
		return d.removeRelation(at)
	}
	return badArgument("The operation %q on path %q is not supported.", op.Op, op.Path)
}

// test is the optimistic lock.
func (d *draft) test(path string, actual, wanted any) error {
	if reflect.DeepEqual(actual, wanted) {
		return nil
	}
	return refused(http.StatusPreconditionFailed, "TestPatchOperationFailedException",
		"VS403351: Test Operation for path %s failed, value %v was not equal to test value %v.", path, actual, wanted)
}

// set takes a field's new value.
func (d *draft) set(ref string, value any, replace bool) error {
	f := d.w.field(ref)
	if f == nil {
		return noField(ref)
	}
	if f.readOnly || f.computed {
		return refused(http.StatusBadRequest, "RuleValidationException",
			"TF401326: Invalid field status 'ReadOnly' for field '%s'.", f.Ref)
	}
	if f.Ref == "System.Tags" {
		return d.setTags(text(value), replace)
	}
	kept, err := d.w.coerce(d.it.project, f, d.it.text("System.WorkItemType"), value)
	if err != nil {
		return err
	}
	switch {
	case f.Ref == "System.History":
		d.comment = text(kept)
	case kept == nil && (f.Ref == "System.Title" || f.Ref == "System.State"):
		return refused(http.StatusBadRequest, "RuleValidationException", "TF401320: Rule Error for field %s. Error code: "+
			"Required, InvalidEmpty.", f.Name)
	default:
		d.fields[f.Ref] = kept
	}
	return nil
}

// setTags replaces the tags, or adds to them.
func (d *draft) setTags(value string, replace bool) error {
	tags := splitTags(value)
	if !replace {
		now := d.it.text("System.Tags")
		if earlier, set := d.fields["System.Tags"]; set {
			now = text(earlier)
		}
		tags = append(splitTags(now), tags...)
	}
	if err := d.it.project.checkTags(tags); err != nil {
		return err
	}
	d.fields["System.Tags"] = nil
	if joined := d.it.project.joinTags(tags); joined != "" {
		d.fields["System.Tags"] = joined
	}
	return nil
}

// addRelation takes a link, a hyperlink, an attachment.
func (d *draft) addRelation(value any) error {
	native, _ := value.(map[string]any)
	rel, url := text(native["rel"]), text(native["url"])
	attributes, _ := native["attributes"].(map[string]any)
	switch rel {
	case "Hyperlink", "ArtifactLink", "AttachedFile":
		if slices.ContainsFunc(d.list, func(r relation) bool { return r.external != nil && text(r.external["url"]) == url }) {
			return refused(http.StatusBadRequest, "RelationAlreadyExistsException", "The relation already exists.")
		}
		d.add(relation{external: d.w.external(rel, url, attributes)})
		return nil
	}
	to, isItem := targetOf(url)
	l, known := newLink(d.it.id, rel, to)
	if !known {
		return noRelationType(rel)
	}
	if !isItem {
		return badArgument("The relation's url %q is no work item.", url)
	}
	l.comment = text(attributes["comment"])
	for _, r := range d.added {
		if r.link != nil && r.link.same(l) {
			return refused(http.StatusBadRequest, "WorkItemLinkDuplicateException", "TF237099: Duplicate work item link.")
		}
	}
	if err := d.w.checkLink(l, d.gone()); err != nil {
		return err
	}
	d.add(relation{link: l})
	return nil
}

func (d *draft) add(r relation) {
	d.added, d.list = append(d.added, r), append(d.list, r)
}

// gone are the links that the document has removed so far.
func (d *draft) gone() []*link {
	var all []*link
	for _, r := range d.removed {
		if r.link != nil {
			all = append(all, r.link)
		}
	}
	return all
}

// removeRelation takes away by the index that the client has seen.
func (d *draft) removeRelation(at string) error {
	i, err := strconv.Atoi(at)
	if err != nil || i < 0 || i >= len(d.list) {
		return refused(http.StatusBadRequest, "PatchOperationFailedException",
			"VS403340: The relation with the index %s does not exist.", at)
	}
	d.removed = append(d.removed, d.list[i])
	d.list = slices.Delete(slices.Clone(d.list), i, i+1)
	return nil
}

// settle drops fields that would not change.
func (d *draft) settle() {
	now := d.it.current().fields
	maps.DeleteFunc(d.fields, func(ref string, value any) bool {
		old, had := now[ref]
		return value == nil && !had || value != nil && reflect.DeepEqual(old, value)
	})
}
