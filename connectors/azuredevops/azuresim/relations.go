package azuresim

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// relation is one entry of a work item's relations: a link, or something native
// that points out of the work items.
type relation struct {
	link     *link
	external map[string]any
}

// relations lists what hangs on an item: its links, newest first, then what
// points elsewhere. A client removes by the index in this list.
func (w *World) relations(it *item) []relation {
	var all []relation
	for _, l := range slices.Backward(w.linksOf(it.id)) {
		if l.active && !w.deleted(l.other(it.id)) {
			all = append(all, relation{link: l})
		}
	}
	for _, e := range it.externals {
		all = append(all, relation{external: e})
	}
	return all
}

// object is a relation as the wire has it, seen from an item.
func (w *World) object(r relation, from int, base string) map[string]any {
	if r.link == nil {
		shown := maps.Clone(r.external)
		shown["url"] = strings.Replace(text(shown["url"]), w.canonical(), base, 1)
		return shown
	}
	rel, name := r.link.forward, r.link.name
	if r.link.source != from {
		rel, name = r.link.reverse, r.link.back
	}
	attributes := map[string]any{"isLocked": false, "name": name}
	if r.link.comment != "" {
		attributes["comment"] = r.link.comment
	}
	return map[string]any{"rel": rel, "url": w.itemURL(r.link.other(from), base), "attributes": attributes}
}

// itemURL is a work item's address. One that is not here has no project.
func (w *World) itemURL(id int, base string) string {
	if p := w.projectOf(id); p != nil {
		base += "/" + p.id
	}
	return base + "/_apis/wit/workItems/" + strconv.Itoa(id)
}

// canonical is how addresses of this organisation are kept, whatever host it is
// reached by.
func (w *World) canonical() string { return w.address }

// external is a native relation that points out of the work items, with what
// the service adds to it.
func (w *World) external(rel, url string, attributes map[string]any) map[string]any {
	w.last.relation++
	at := wireTime(w.now())
	full := map[string]any{"id": w.last.relation, "authorizedDate": at, "resourceCreatedDate": at,
		"resourceModifiedDate": at, "revisedDate": "9999-01-01T00:00:00Z"}
	maps.Copy(full, attributes)
	full["id"] = whole(full["id"]) // old exports spell it as text
	return map[string]any{"rel": rel, "url": url, "attributes": full}
}
