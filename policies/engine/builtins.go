package engine

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Builtins lists the functions of Rego that a policy may use.
//
// A policy may use only what is listed here: what compares, counts, and works
// on short texts. Left out, and therefore a compile error, is everything that
// reaches the network, files, the environment, the clock or randomness; what
// allocates without bound (numbers.range, replace, walk) or does not hear a
// deadline (bits.lsh); and what reads a date or a number leniently, because
// the host counts days. Regular expressions run in linear time and see texts
// of at most backlog.MaxText.
func Builtins() []string {
	return []string{
		// comparing and assigning
		"assign", "eq", "equal", "neq", "lt", "lte", "gt", "gte", "internal.member_2", "internal.member_3",
		// numbers
		"plus", "minus", "mul", "div", "rem", "abs", "round", "ceil", "floor", "to_number",
		// lists, sets and objects
		"count", "sum", "max", "min", "sort", "array.concat", "array.slice", "array.reverse",
		"and", "or", "intersection", "union", "object.get", "object.keys",
		// texts
		"concat", "contains", "startswith", "endswith", "indexof", "substring", "lower", "upper", "split", "sprintf",
		"trim", "trim_left", "trim_prefix", "trim_right", "trim_space", "trim_suffix",
		"strings.any_prefix_match", "strings.any_suffix_match", "strings.count", "regex.match", "regex.find_n",
		// types
		"is_array", "is_boolean", "is_null", "is_number", "is_object", "is_set", "is_string", "type_name",
	}
}

// testBuiltins are allowed beside the others in tests, which never see a
// ticket.
func testBuiltins() []string {
	return []string{"internal.test_case", "json.patch", "numbers.range", "object.union", "object.remove", "replace"}
}

// capabilities limits the compiler to some builtins. `with` cannot bring back
// what is not listed, for its target must be a known function too.
func capabilities(names ...string) *ast.Capabilities {
	limited := ast.CapabilitiesForThisVersion()
	limited.AllowNet = []string{}
	limited.Builtins = slices.DeleteFunc(limited.Builtins, func(b *ast.Builtin) bool {
		return !slices.Contains(names, b.Name)
	})
	return limited
}
