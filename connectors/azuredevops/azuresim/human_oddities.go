package azuresim

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// unseen says that the account may not read the item, or its project.
func (it *item) unseen() bool { return it.hidden || it.project.hidden }

// HideProject takes from the account the right to see a project and all that is
// in it; ShowProject gives it back.
func (w *World) HideProject(name string) error { return w.conceal(name, true) }

// ShowProject shows a project again.
func (w *World) ShowProject(name string) error { return w.conceal(name, false) }

func (w *World) conceal(name string, hidden bool) error {
	return w.change(name, func(p *project) error {
		p.hidden = hidden
		return nil
	})
}

// visible finds a project that the account may see.
func (w *World) visible(name string) *project {
	if p := w.findProject(name); p != nil && !p.hidden {
		return p
	}
	return nil
}

// DropField deletes a custom field of the organisation with all its values; no
// item gets a revision. What has grown carries none.
func (w *World) DropField(ref string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.field(ref)
	if f == nil {
		return fmt.Errorf("drop field %s: %w", ref, noField(ref))
	}
	delete(w.fields, key(f.Ref))
	for _, p := range w.projects {
		for i := range p.process.types {
			t := &p.process.types[i]
			t.Fields = slices.DeleteFunc(slices.Clone(t.Fields), func(name string) bool { return key(name) == key(f.Ref) })
		}
	}
	for _, rv := range w.revisions {
		if _, has := rv.fields[f.Ref]; has {
			rv.fields = maps.Clone(rv.fields)
			delete(rv.fields, f.Ref)
		}
	}
	return nil
}

// ChangeField renames a field, or gives it another type: an empty word leaves
// what there is. Values stay as they are.
func (w *World) ChangeField(ref, name, kind string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.field(ref)
	if f == nil {
		return fmt.Errorf("change field %s: %w", ref, noField(ref))
	}
	if name != "" {
		f.Name = name
	}
	if kind != "" {
		f.Type = kind
	}
	return nil
}

// Redate sets when an item was last changed to any moment, an earlier or a
// future one, without a revision.
func (p Person) Redate(id int, changed time.Time) error {
	return p.edit(id, func(it *item) error {
		rv := it.current()
		rv.fields = maps.Clone(rv.fields)
		rv.fields["System.ChangedDate"] = wireTime(changed)
		return nil
	})
}
