package azuresim

import (
	"fmt"
	"maps"
	"strings"
)

// AddField adds a custom field to a project, or shows one that is there already
// on more of the project's types.
func (w *World) AddField(in string, f Field) error {
	return w.change(in, func(p *project) error {
		p.showField(f)
		return nil
	})
}

// AddArea adds an area and what is missing above it. The path is below the
// project.
func (w *World) AddArea(in, path string) error {
	return w.change(in, func(p *project) error {
		p.areas.grow(path)
		return nil
	})
}

// AddIteration adds an iteration and what is missing above it. One that is
// there already is scheduled anew: no work item in it gets a revision.
func (w *World) AddIteration(in string, it Iteration) error {
	return w.change(in, func(p *project) error {
		n := p.iterations.grow(it.Path)
		n.start, n.finish = it.Start, it.Finish
		return nil
	})
}

// RenameArea gives an area another name. Its work items and all that are below
// it show the new path, and none gets a revision.
func (w *World) RenameArea(in, path, name string) error {
	return w.change(in, func(p *project) error { return w.rename(p.areas, "System.AreaPath", path, name) })
}

// RenameIteration does the same to an iteration.
func (w *World) RenameIteration(in, path, name string) error {
	return w.change(in, func(p *project) error { return w.rename(p.iterations, "System.IterationPath", path, name) })
}

func (w *World) change(name string, change func(*project) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.findProject(name)
	if p == nil {
		return fmt.Errorf("change project: %w", noProject(name))
	}
	if err := change(p); err != nil {
		return fmt.Errorf("change project %s: %w", p.Name, err)
	}
	return nil
}

// rename changes a node and, in every revision, the paths that lead through it:
// the service keeps a node's id in the work item and looks the path up.
func (w *World) rename(root *node, ref, path, name string) error {
	n := root.find(path)
	if n == nil || n.parent == nil {
		return fmt.Errorf("rename node %q: there is none", path)
	}
	before := n.path()
	n.name = name
	for _, rv := range w.revisions { // the paths of what has grown stay
		below, inside := strings.CutPrefix(text(rv.fields[ref])+`\`, before+`\`)
		if inside {
			rv.fields = maps.Clone(rv.fields)
			rv.fields[ref] = strings.TrimSuffix(n.path()+`\`+below, `\`)
		}
	}
	return nil
}
