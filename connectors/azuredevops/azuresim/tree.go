package azuresim

import (
	"strings"
	"time"
)

// node is a place in a project's area or iteration tree. The root bears the
// project's name.
type node struct {
	project       *project
	kind          string // area or iteration
	id            int
	name          string
	parent        *node
	children      []*node
	start, finish time.Time
}

// root makes a tree's root.
func (p *project) root(kind string) *node {
	p.world.last.node++
	return &node{project: p, kind: kind, id: p.world.last.node, name: p.Name}
}

// path is what a field holds: `Project\Release\Sprint`.
func (n *node) path() string {
	if n.parent == nil {
		return n.name
	}
	return n.parent.path() + `\` + n.name
}

// grow returns the node at a path below this one, and makes what is missing.
func (n *node) grow(path string) *node {
	for _, name := range segments(path) {
		next := n.child(name)
		if next == nil {
			n.project.world.last.node++
			next = &node{project: n.project, kind: n.kind, id: n.project.world.last.node, name: name, parent: n}
			n.children = append(n.children, next)
		}
		n = next
	}
	return n
}

// find returns the node at a path below this one, or nil.
func (n *node) find(path string) *node {
	for _, name := range segments(path) {
		if n = n.child(name); n == nil {
			return nil
		}
	}
	return n
}

// resolve finds a field's value, which starts with the project.
func (n *node) resolve(value string) *node {
	first, rest, _ := strings.Cut(strings.Trim(value, `\`), `\`)
	if !strings.EqualFold(first, n.name) {
		return nil
	}
	return n.find(rest)
}

func (n *node) child(name string) *node {
	for _, c := range n.children {
		if strings.EqualFold(c.name, name) {
			return c
		}
	}
	return nil
}

// leafPaths lists the paths below the root of all nodes without children.
func (n *node) leafPaths() []string {
	var paths []string
	for _, c := range n.children {
		if len(c.children) == 0 {
			_, below, _ := strings.Cut(c.path(), `\`)
			paths = append(paths, below)
		}
		paths = append(paths, c.leafPaths()...)
	}
	return paths
}

// levels are the names from the root down.
func (n *node) levels() []string { return strings.Split(n.path(), `\`) }

// segments splits a path written with either slash.
func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '\\' || r == '/' })
}
