package azuresim

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
)

// listRevisions answers GET wit/workitems/{id}/revisions. Of a loaded item only
// the last one is known; the earlier ones are not invented.
func listRevisions(c *call) (any, error) {
	it, err := c.item("id")
	if err != nil {
		return nil, err
	}
	var all []map[string]any
	for _, rv := range it.revisions {
		all = append(all, c.showRevision(rv))
	}
	return list(c.window(all)), nil
}

// getRevision answers GET wit/workitems/{id}/revisions/{n}.
func getRevision(c *call) (any, error) {
	it, err := c.item("id")
	if err != nil {
		return nil, err
	}
	for _, rv := range it.revisions {
		if strconv.Itoa(rv.rev) == c.vars["n"] {
			return c.showRevision(rv), nil
		}
	}
	return nil, noItem(it.id)
}

func (c *call) showRevision(rv *revision) map[string]any {
	shown := c.w.render(rv, view{base: c.base})
	shown["url"] = text(shown["url"]) + "/revisions/" + strconv.Itoa(rv.rev)
	return shown
}

// window cuts a list by $skip and $top.
func (c *call) window(all []map[string]any) []map[string]any {
	skip := min(max(c.number("$skip", 0), 0), len(all))
	top := min(max(c.number("$top", maxBatch), 0), len(all)-skip)
	return all[skip : skip+top]
}

// listUpdates answers GET wit/workitems/{id}/updates: what each revision
// changed, and between them what links came and went without one.
func listUpdates(c *call) (any, error) {
	it, err := c.item("id")
	if err != nil {
		return nil, err
	}
	updates := c.fieldUpdates(it)
	for _, l := range c.w.linksOf(it.id) {
		updates = append(updates, c.linkUpdate(it, l))
	}
	slices.SortStableFunc(updates, func(a, b update) int { return cmp.Compare(a.watermark, b.watermark) })
	all := make([]map[string]any, len(updates))
	for i, u := range updates {
		u.shown["id"], u.shown["workItemId"] = i+1, it.id
		u.shown["url"] = c.w.itemURL(it.id, c.base) + "/updates/" + strconv.Itoa(i+1)
		all[i] = u.shown
	}
	return list(c.window(all)), nil
}

type update struct {
	watermark int
	shown     map[string]any
}

func (c *call) fieldUpdates(it *item) []update {
	var all []update
	before := map[string]any{}
	for _, rv := range it.revisions {
		shown := map[string]any{"rev": rv.rev, "revisedBy": rv.fields["System.ChangedBy"],
			"revisedDate": rv.revisedAt(), "fields": difference(before, rv.fields, rv.rev)}
		if len(rv.added)+len(rv.removed) > 0 {
			shown["relations"] = map[string]any{"added": orEmpty(rv.added), "removed": orEmpty(rv.removed)}
		}
		all = append(all, update{rv.watermark, shown})
		before = rv.fields
	}
	return all
}

func orEmpty(all []map[string]any) []map[string]any {
	if all == nil {
		return []map[string]any{}
	}
	return all
}

// difference is what changed between the fields of two revisions.
func difference(before, after map[string]any, rev int) map[string]any {
	changed := map[string]any{"System.Rev": map[string]any{"newValue": rev}}
	for ref, value := range after {
		if old, had := before[ref]; !had {
			changed[ref] = map[string]any{"newValue": value}
		} else if !reflect.DeepEqual(old, value) {
			changed[ref] = map[string]any{"oldValue": old, "newValue": value}
		}
	}
	for ref, old := range before {
		if _, has := after[ref]; !has {
			changed[ref] = map[string]any{"oldValue": old}
		}
	}
	return changed
}

// linkUpdate is a link's last change as an update of one of its ends.
func (c *call) linkUpdate(it *item, l *link) update {
	changed := map[string]any{"added": []map[string]any{}, "removed": []map[string]any{}}
	which := "removed"
	if l.active {
		which = "added"
	}
	changed[which] = []map[string]any{c.w.object(relation{link: l}, it.id, c.base)}
	return update{l.watermark, map[string]any{"rev": it.current().rev, "revisedBy": l.by,
		"revisedDate": l.changed, "relations": changed}}
}
