package jirasim

import (
	"fmt"
	"time"
)

// Lag makes search fall so much further behind with one issue than with the
// others, from its next edit on; GET by id stays fresh.
func (h *Human) Lag(key string, by time.Duration) error {
	return h.quietly(key, func(i *issue) {
		i.lag = by
		h.world.lagging = true
	})
}

// Redate sets `updated` to any moment, an earlier or a future one: imports and
// broken clocks do so. The changelog does not tell.
func (h *Human) Redate(key string, updated time.Time) error {
	return h.quietly(key, func(i *issue) {
		next := i.now().edit()
		next.updated = updated.Truncate(time.Millisecond)
		h.world.commit(i, next, false)
	})
}

func (h *Human) quietly(key string, do func(*issue)) error {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return fmt.Errorf("change %s: no such issue", key)
	}
	w.keep(i)
	do(i)
	w.version++
	return nil
}

// DropContext takes a custom field from one project, as an administrator may:
// its values are null there and it is on no layout, and `updated` stays. Issues
// that have grown are left as they are.
func (w *World) DropContext(projectKey, field string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	field = w.FieldID(field)
	p := w.project(projectKey, "")
	for _, fields := range []map[string][]string{p.layouts, p.seen} {
		for typeID, ids := range fields {
			fields[typeID] = without(ids, field)
		}
	}
	for _, i := range w.order {
		if s := i.now(); s.project == p.Key && s.fields[field] != nil {
			next := s.edit()
			delete(next.fields, field)
			w.commit(i, next, false)
		}
	}
	w.version++
}

func without(list []string, one string) []string {
	kept := []string{}
	for _, s := range list {
		if s != one {
			kept = append(kept, s)
		}
	}
	return kept
}
