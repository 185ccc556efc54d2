package engine

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// reads says which fields of the input some policies read, as a tree: building
// an object of all fields would cost more than judging it.
type reads struct {
	whole bool // everything from here on
	below map[string]*reads
}

// element stands for an index that is only known when evaluating.
const element = "*"

// readBy collects the fields that compiled modules read. A reference ends in
// what it needs whole: `input.facts.cycle` needs all of the cycle, and a bare
// `input` everything.
func readBy(modules map[string]*ast.Module) *reads {
	root := &reads{}
	for _, m := range modules {
		ast.WalkRefs(m, func(ref ast.Ref) bool {
			if ref[0].Equal(ast.InputRootDocument) {
				root.add(ref[1:])
			}
			return false
		})
	}
	return root
}

func (r *reads) add(path ast.Ref) {
	for _, step := range path {
		name, ok := asText(step)
		if !ok {
			name = element
		}
		if r.below == nil {
			r.below = map[string]*reads{}
		}
		if r.below[name] == nil {
			r.below[name] = &reads{}
		}
		r = r.below[name]
	}
	r.whole = true
}

// at is what is read of a field; nil when it is not read.
func (r *reads) at(name string) *reads {
	switch named, every := r.below[name], r.below[element]; {
	case r.whole:
		return r
	case named != nil && every != nil && name != element:
		return &reads{whole: true}
	case named != nil:
		return named
	default:
		return every
	}
}

// elements is what is read of each element of a list.
func (r *reads) elements() *reads {
	if len(r.below) == 1 && r.below[element] != nil && !r.whole {
		return r.below[element]
	}
	return &reads{whole: true}
}

// mentions reports whether a field of one of the names is read anywhere below.
func (r *reads) mentions(names ...string) bool {
	for name, below := range r.below {
		if slices.Contains(names, name) || below.mentions(names...) {
			return true
		}
	}
	return false
}
