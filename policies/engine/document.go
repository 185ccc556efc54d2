package engine

import "github.com/open-policy-agent/opa/v1/ast"

// builder turns a Go value into the object that policies see.
type builder[T any] func(*T) *ast.Term

// field is one key of an object of the input document. Its value is built
// only as far as policies read it; a nil value leaves the key out.
type field[T any] struct {
	name  string
	build func(*reads) builder[T]
}

// leaf is a field that is built whole or not at all.
func leaf[T any](name string, value func(*T) *ast.Term) field[T] {
	return field[T]{name, func(*reads) builder[T] { return value }}
}

// branch is a field that is an object itself; null where there is none.
func branch[T, U any](name string, fields []field[U], get func(*T) *U) field[T] {
	return field[T]{name, func(r *reads) builder[T] {
		inner := object(fields, r)
		return func(t *T) *ast.Term {
			if u := get(t); u != nil {
				return inner(u)
			}
			return ast.InternedNullTerm
		}
	}}
}

// branches is a field that is a list of objects.
func branches[T, U any](name string, fields []field[U], get func(*T) []U) field[T] {
	return field[T]{name, func(r *reads) builder[T] {
		inner := object(fields, r.elements())
		return func(t *T) *ast.Term {
			values := get(t)
			terms := make([]*ast.Term, len(values))
			for i := range values {
				terms[i] = inner(&values[i])
			}
			return ast.ArrayTerm(terms...)
		}
	}}
}

// object builds an object of those of its fields that are read.
func object[T any](fields []field[T], r *reads) builder[T] {
	var names []*ast.Term
	var builders []builder[T]
	for _, f := range fields {
		if below := r.at(f.name); below != nil {
			names = append(names, ast.StringTerm(f.name))
			builders = append(builders, f.build(below))
		}
	}
	return func(t *T) *ast.Term {
		made := ast.NewObjectWithCapacity(len(names))
		for i, build := range builders {
			if value := build(t); value != nil {
				made.Insert(names[i], value)
			}
		}
		return ast.NewTerm(made)
	}
}
