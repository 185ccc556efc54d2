package azuresim

import (
	"maps"
	"time"
)

// item is a work item: its revisions, each with the fields as the wire has
// them, and what hangs on it without being a field.
type item struct {
	id        int
	project   *project
	revisions []*revision      // oldest first; the last is the item as it is
	externals []map[string]any // relations that are no links to work items, oldest first
	formats   map[string]any   // multilineFieldsFormat
	comments  []*comment       // oldest first
	deletedBy map[string]any   // who put it in the recycle bin, or nil
	deletedAt time.Time
	hidden    bool // the account may not read it
	grown     int  // 1 + its number in the growth; 0 is none of it
}

// revision is a work item as it was from one change to the next. Its fields are
// never changed.
type revision struct {
	item      *item
	rev       int
	fields    map[string]any
	watermark int
	comment   *comment // that came with it
	added     []map[string]any
	removed   []map[string]any // relations, as the updates show them
}

func (it *item) current() *revision { return it.revisions[len(it.revisions)-1] }

func (it *item) text(ref string) string {
	s, _ := it.current().fields[ref].(string)
	return s
}

// readable finds an item that the account can read and that is not deleted.
func (w *World) readable(id int) *item {
	it := w.item(id)
	if it == nil || it.unseen() || it.deletedBy != nil {
		return nil
	}
	return it
}

// push makes a revision the item's current one.
func (w *World) push(it *item, rv *revision) *revision {
	w.keep(it)
	rv.item, rv.watermark = it, w.tick()
	it.revisions = append(it.revisions, rv)
	w.revisions = append(w.revisions, rv)
	return rv
}

// revise makes a revision out of the current one: set holds what changes, a nil
// clears. The history field speaks of one revision only, so it never carries
// over.
func (w *World) revise(it *item, by Identity, set map[string]any) *revision {
	before := it.current()
	fields := maps.Clone(before.fields)
	delete(fields, "System.History")
	for ref, value := range set {
		if value == nil {
			delete(fields, ref)
			continue
		}
		fields[ref] = value
	}
	now := wireTime(w.now())
	if s, changed := set["System.State"]; changed && s != before.fields["System.State"] {
		w.enterState(it, fields, now)
	}
	fields["System.ChangedDate"], fields["System.ChangedBy"] = now, w.person(by)
	rv := w.push(it, &revision{rev: before.rev + 1, fields: fields})
	w.tell(it)
	return rv
}

// enterState dates a state by its category and gives it the usual reason.
func (w *World) enterState(it *item, fields map[string]any, now string) {
	fields["Microsoft.VSTS.Common.StateChangeDate"] = now
	fields["System.Reason"] = "Moved to state " + text(fields["System.State"])
	t := it.project.findType(text(fields["System.WorkItemType"]))
	if t == nil {
		return
	}
	s, _ := t.state(text(fields["System.State"]))
	dates := map[string]string{"InProgress": "Microsoft.VSTS.Common.ActivatedDate",
		"Resolved": "Microsoft.VSTS.Common.ResolvedDate", "Completed": "Microsoft.VSTS.Common.ClosedDate"}
	delete(fields, dates["Completed"])
	if ref, dated := dates[s.Category]; dated {
		fields[ref] = now
	}
}

// revisedAt is when the next revision followed; the current one lasts for ever.
func (rv *revision) revisedAt() string {
	if next := rv.rev - rv.item.revisions[0].rev + 1; next < len(rv.item.revisions) {
		return text(rv.item.revisions[next].fields["System.ChangedDate"])
	}
	return "9999-01-01T00:00:00Z"
}

func text(value any) string {
	s, _ := value.(string)
	return s
}
