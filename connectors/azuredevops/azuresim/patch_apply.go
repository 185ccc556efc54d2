package azuresim

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// maxRevisions is how many revisions an item may get by REST.
const maxRevisions = 10000

// patchItem answers PATCH wit/workitems/{id}: all of the document or nothing.
func patchItem(c *call) (any, error) {
	ops, err := c.patchDocument()
	if err != nil {
		return nil, err
	}
	it, err := c.item("id")
	if err != nil {
		return nil, err
	}
	d := &draft{w: c.w, it: it, fields: map[string]any{}, list: c.w.relations(it)}
	if err := d.read(ops); err != nil {
		return nil, err
	}
	if err := c.mayPatch(it); err != nil {
		return nil, err
	}
	if !c.flag("validateonly") {
		d.settle()
		if what := d.apply(c.w.settings.Account); what != "" {
			c.note(it.id, what+c.loudness())
		}
	}
	return c.w.render(it.current(), view{base: c.base, relations: len(c.w.relations(it)) > 0, links: true}), nil
}

// mayPatch holds the parameters and the account's rights against each other.
func (c *call) mayPatch(it *item) error {
	for flag, p := range map[string]Permission{"suppressnotifications": SuppressNotifications, "bypassrules": BypassRules} {
		if c.flag(flag) {
			if err := c.w.need(p); err != nil {
				return err
			}
		}
	}
	return c.w.mayWrite(it, WriteItems)
}

// mayWrite refuses who has no right, and a revision too many.
func (w *World) mayWrite(it *item, p Permission) error {
	if err := w.need(p); err != nil {
		return err
	}
	if len(it.revisions) >= maxRevisions {
		return refused(http.StatusBadRequest, "WorkItemRevisionLimitExceededException",
			"Work item %d has reached the limit of %d revisions.", it.id, maxRevisions)
	}
	return nil
}

// loudness tells in the truth whether people were notified.
func (c *call) loudness() string {
	if c.flag("suppressnotifications") {
		return ", quietly"
	}
	return ""
}

// apply makes the draft real and says what changed; "" is nothing. Links alone
// make no revision.
func (d *draft) apply(by Identity) string {
	var what []string
	who := d.w.person(by)
	for _, r := range d.removed {
		what = append(what, "relation removed")
		if r.link != nil {
			d.w.cut(r.link, who)
		}
	}
	for _, r := range d.added {
		what = append(what, "relation added")
		if r.link != nil {
			d.w.put(r.link, who, wireTime(d.w.now()))
			d.w.tellLink(r.link)
		}
	}
	if rv := d.revise(by); rv != nil {
		what = append(what, d.changes(rv)...)
	}
	return strings.Join(what, ", ")
}

// revise makes the revision, if fields, a comment or native relations ask for
// one.
func (d *draft) revise(by Identity) *revision {
	added, removed := externals(d.added), externals(d.removed)
	d.it.externals = slices.DeleteFunc(append(d.it.externals, added...), func(e map[string]any) bool {
		return slices.ContainsFunc(removed, func(r map[string]any) bool { return sameExternal(r, e) })
	})
	var rv *revision
	switch {
	case d.comment != "":
		rv = d.w.comment(d.it, by, d.comment, "html", maps.Clone(d.fields))
	case len(d.fields)+len(added)+len(removed) > 0:
		rv = d.w.revise(d.it, by, d.fields)
	default:
		return nil
	}
	rv.added, rv.removed = added, removed
	d.it.project.defineTags(splitTags(text(d.fields["System.Tags"])))
	return rv
}

func externals(all []relation) []map[string]any {
	var native []map[string]any
	for _, r := range all {
		if r.external != nil {
			native = append(native, r.external)
		}
	}
	return native
}

func sameExternal(a, b map[string]any) bool {
	first, _ := a["attributes"].(map[string]any)
	second, _ := b["attributes"].(map[string]any)
	return a["url"] == b["url"] && fmt.Sprint(first["id"]) == fmt.Sprint(second["id"])
}

// changes words what a revision brought, for the truth.
func (d *draft) changes(rv *revision) []string {
	var what []string
	for _, ref := range slices.Sorted(maps.Keys(d.fields)) {
		value := text(rv.fields[ref])
		if ref == "System.Tags" {
			what = append(what, strings.TrimSpace("tags "+value))
			continue
		}
		what = append(what, ref+" set")
	}
	if rv.comment != nil {
		what = append(what, fmt.Sprintf("comment %d posted", rv.comment.id))
	}
	return what
}
