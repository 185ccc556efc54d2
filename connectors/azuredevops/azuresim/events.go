package azuresim

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
)

// announce sends a work item event to the service hooks that want it, shaped as
// Microsoft's documentation of service hook events has it.
func (w *World) announce(event string, it *item, resource map[string]any) {
	if !w.hooks.Wanted(event) {
		return
	}
	w.last.event++
	id := guid("event", strconv.Itoa(w.last.event))
	subject := fmt.Sprintf("%s #%d (%s)", it.text("System.WorkItemType"), it.id, it.text("System.Title"))
	raw, err := json.Marshal(map[string]any{
		"subscriptionId": guid("subscription", event), "notificationId": w.last.event, "id": id,
		"eventType": event, "publisherId": "tfs",
		"message": map[string]any{"text": subject}, "detailedMessage": map[string]any{"text": subject},
		"resource": resource, "resourceVersion": "1.0",
		"resourceContainers": map[string]any{
			"collection": map[string]any{"id": w.settings.InstanceID, "baseUrl": w.canonical() + "/"},
			"project":    map[string]any{"id": it.project.id, "baseUrl": w.canonical() + "/"},
		},
		"createdDate": wireTime(w.now()),
	})
	if err != nil {
		return // wire values always marshal
	}
	w.hooks.Send(event, raw, nil)
}

// tell announces a new revision: what it changed, with the whole item beside
// it; a comment is an event of its own on top.
func (w *World) tell(it *item) {
	rv := it.current()
	switch {
	case len(it.revisions) == 1 && rv.rev == 1:
		return // it was taken over as it is
	case rv.fields["System.IsDeleted"] == true:
		w.announce("workitem.deleted", it, w.whole(rv))
		return
	case it.revisions[max(len(it.revisions)-2, 0)].fields["System.IsDeleted"] == true:
		w.announce("workitem.restored", it, w.whole(rv))
		return
	}
	changed := map[string]any{}
	if len(it.revisions) > 1 {
		changed = difference(it.revisions[len(it.revisions)-2].fields, rv.fields, rv.rev)
	}
	w.announce("workitem.updated", it, w.update(rv, map[string]any{"fields": changed}))
}

// tellComment announces a comment that has just been posted.
func (w *World) tellComment(it *item) {
	w.announce("workitem.commented", it, w.whole(it.current()))
}

// tellLink announces a link at both its ends: none gets a revision.
func (w *World) tellLink(l *link) {
	which := "removed"
	if l.active {
		which = "added"
	}
	for _, id := range []int{l.source, l.target} {
		if it := w.item(id); it != nil && w.hooks.Wanted("workitem.updated") {
			relation := w.object(relation{link: l}, id, w.canonical())
			w.announce("workitem.updated", it, w.update(it.current(), map[string]any{"relations": map[string]any{which: []map[string]any{relation}}}))
		}
	}
}

// whole is a work item as most events hold it.
func (w *World) whole(rv *revision) map[string]any {
	return w.render(rv, view{base: w.canonical(), links: true})
}

// update is a work item update, whose id is the update's and not the item's.
func (w *World) update(rv *revision, more map[string]any) map[string]any {
	resource := map[string]any{
		"id": rv.rev, "workItemId": rv.item.id, "rev": rv.rev,
		"revisedBy": rv.fields["System.ChangedBy"], "revisedDate": rv.revisedAt(),
		"url":      w.itemURL(rv.item.id, w.canonical()) + "/updates/" + strconv.Itoa(rv.rev),
		"revision": w.whole(rv),
	}
	maps.Copy(resource, more)
	return resource
}
