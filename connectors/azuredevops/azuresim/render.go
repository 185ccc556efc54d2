package azuresim

import (
	"hash/fnv"
	"maps"
	"strconv"
	"strings"
)

// view says how much of a work item is shown.
type view struct {
	base      string   // of addresses
	fields    []string // only these, when there are any
	all       bool     // the computed fields too
	relations bool
	links     bool // _links and the formats of long text
}

// render shows a revision as a work item.
func (w *World) render(rv *revision, v view) map[string]any {
	it := rv.item
	shown := map[string]any{"id": it.id, "rev": rv.rev, "url": w.itemURL(it.id, v.base)}
	if len(v.fields) > 0 {
		shown["fields"] = w.selected(rv, v.fields)
		shown["url"] = v.base + "/_apis/wit/workItems/" + strconv.Itoa(it.id)
		return shown
	}
	fields := maps.Clone(rv.fields)
	if v.all {
		maps.Copy(fields, w.computed(rv))
	}
	if parent := w.parent(it.id); parent != 0 {
		fields["System.Parent"] = parent
	}
	shown["fields"] = fields
	if v.relations {
		shown["relations"] = w.shownRelations(it, v.base)
	}
	if v.links {
		shown["_links"] = it.selfLinks(v.base)
		if !w.onServer() { // which has no Markdown
			shown["multilineFieldsFormat"] = it.formats
		}
	}
	if rv.comment != nil {
		shown["commentVersionRef"] = rv.comment.versionRef(it, v.base)
	}
	return shown
}

func (w *World) shownRelations(it *item, base string) []map[string]any {
	all := []map[string]any{}
	for _, r := range w.relations(it) {
		all = append(all, w.object(r, it.id, base))
	}
	return all
}

// selected picks fields, computed ones too; those without a value are left out.
func (w *World) selected(rv *revision, names []string) map[string]any {
	fields := map[string]any{}
	computed := w.computed(rv)
	for _, name := range names {
		f := w.field(strings.TrimSpace(name))
		if f == nil {
			continue // the caller has checked what must be known
		}
		if value, ok := rv.fields[f.Ref]; ok {
			fields[f.Ref] = value
		} else if value, ok := computed[f.Ref]; ok {
			fields[f.Ref] = value
		}
	}
	return fields
}

// computed are the fields that are derived from the item and its place.
func (w *World) computed(rv *revision) map[string]any {
	it, changed := rv.item, rv.fields["System.ChangedDate"]
	fields := map[string]any{
		"System.Id": it.id, "System.Rev": rv.rev, "System.Watermark": rv.watermark,
		"System.AuthorizedDate": changed, "System.RevisedDate": rv.revisedAt(),
		"System.AuthorizedAs": rv.fields["System.ChangedBy"],
		"System.PersonId":     personID(rv.fields["System.ChangedBy"]),
	}
	place(fields, it.project.areas.resolve(text(rv.fields["System.AreaPath"])), "Area")
	place(fields, it.project.iterations.resolve(text(rv.fields["System.IterationPath"])), "Iteration")
	if parent := w.parent(it.id); parent != 0 {
		fields["System.Parent"] = parent
	}
	return fields
}

func place(fields map[string]any, n *node, kind string) {
	if n == nil {
		return
	}
	fields["System."+kind+"Id"] = n.id
	if kind == "Area" {
		fields["System.NodeName"] = n.name
	}
	for i, name := range n.levels() {
		fields["System."+kind+"Level"+strconv.Itoa(i+1)] = name
	}
}

// personID is the number that the service knows a person by.
func personID(person any) int {
	object, _ := person.(map[string]any)
	h := fnv.New32a()
	_, _ = h.Write([]byte(text(object["id"]))) // a hash never fails
	return int(h.Sum32() >> 4)
}

func (it *item) selfLinks(base string) map[string]any {
	scoped := base + "/" + it.project.id
	self := scoped + "/_apis/wit/workItems/" + strconv.Itoa(it.id)
	return map[string]any{
		"self": href(self), "workItemUpdates": href(self + "/updates"), "workItemRevisions": href(self + "/revisions"),
		"workItemComments": href(self + "/comments"), "html": href(scoped + "/_workitems/edit/" + strconv.Itoa(it.id)),
		"workItemType": href(scoped + "/_apis/wit/workItemTypes/" + strings.ReplaceAll(it.text("System.WorkItemType"), " ", "%20")),
		"fields":       href(scoped + "/_apis/wit/fields"),
	}
}

// href is how _links hold an address.
func href(url string) map[string]any { return map[string]any{"href": url} }
