package azuresim

import "slices"

// Create adds a work item as a person would and returns its id; 0 is an unknown
// project. Unlike AddWorkItem it is announced.
func (p Person) Create(native map[string]any) int {
	id := p.world.AddWorkItem(native)
	p.world.mu.Lock()
	defer p.world.mu.Unlock()
	if it := p.world.items[id]; it != nil {
		p.world.announce("workitem.created", it, p.world.whole(it.current()))
	}
	return id
}

// Delete puts an item into the recycle bin: it can be read no more, and the
// feed says so to who asks for deleted items.
func (p Person) Delete(id int) error {
	return p.edit(id, func(it *item) error {
		p.world.bin(it, p.who)
		return nil
	})
}

// Restore takes it out again.
func (p Person) Restore(id int) error {
	return p.edit(id, func(it *item) error {
		p.world.unbin(it, p.who)
		return nil
	})
}

// Destroy makes an item vanish with its links, from the recycle bin and from
// both feeds too: nothing says that it ever was.
func (p Person) Destroy(id int) error {
	return p.edit(id, func(it *item) error {
		p.world.destroy(it)
		return nil
	})
}

// MoveProject moves an item to the root of another project.
func (p Person) MoveProject(id int, project string) error {
	return p.edit(id, func(it *item) error {
		to := p.world.findProject(project)
		if to == nil {
			return noProject(project)
		}
		typeName := p.world.adoptType(to, it.text("System.WorkItemType"))
		p.world.adoptState(to, typeName, it.text("System.State"))
		to.defineTags(splitTags(it.text("System.Tags")))
		it.project = to
		p.world.revise(it, p.who, map[string]any{
			"System.TeamProject": to.Name, "System.AreaPath": to.Name, "System.IterationPath": to.Name})
		return nil
	})
}

// Hide takes from the account the right to read an item.
func (p Person) Hide(id int) error {
	return p.edit(id, func(it *item) error {
		it.hidden = true
		return nil
	})
}

// Show gives it back.
func (p Person) Show(id int) error {
	return p.edit(id, func(it *item) error {
		it.hidden = false
		return nil
	})
}

// bin, unbin and destroy are what the recycle bin does.
func (w *World) bin(it *item, by Identity) {
	w.revise(it, by, map[string]any{"System.IsDeleted": true})
	it.deletedBy, it.deletedAt = w.person(by), w.now()
}

func (w *World) unbin(it *item, by Identity) {
	it.deletedBy = nil
	w.revise(it, by, map[string]any{"System.IsDeleted": nil})
}

func (w *World) destroy(it *item) {
	w.keep(it)
	delete(w.items, it.id)
	w.revisions = slices.DeleteFunc(w.revisions, func(rv *revision) bool { return rv.item == it })
	own := func(l *link) bool { return l.source == it.id || l.target == it.id }
	for _, l := range w.links[it.id] {
		far := l.other(it.id)
		w.links[far] = slices.DeleteFunc(w.links[far], own)
	}
	delete(w.links, it.id)
	w.linkLog = slices.DeleteFunc(w.linkLog, own)
}
