package azuresim

import (
	"maps"
	"net/http"
	"slices"
)

// WorkItem returns the work item as GET with $expand=all would, whether the
// account may read it or not; nil when there is none.
func (w *World) WorkItem(id int) map[string]any {
	w.mu.Lock()
	defer w.mu.Unlock()
	it := w.item(id)
	if it == nil {
		return nil
	}
	return w.render(it.current(), view{base: w.canonical(), all: true, relations: true, links: true})
}

// Tags lists an item's tags.
func (w *World) Tags(id int) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if it := w.item(id); it != nil {
		return splitTags(it.text("System.Tags"))
	}
	return nil
}

// IDs lists the ids of all work items, deleted and hidden ones too.
func (w *World) IDs() []int {
	w.mu.Lock()
	defer w.mu.Unlock()
	ids := slices.Collect(maps.Keys(w.items))
	for k := range w.growth.size() {
		if !w.growth.kept[k] {
			ids = append(ids, w.growth.first+k)
		}
	}
	slices.Sort(ids)
	return ids
}

// find returns an item that exists, deleted or hidden or not.
func (w *World) find(id int) (*item, error) {
	if it := w.item(id); it != nil {
		return it, nil
	}
	return nil, refused(http.StatusNotFound, "WorkItemUnauthorizedAccessException", "work item %d does not exist", id)
}
