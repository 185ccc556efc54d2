package engine

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies"
)

// Asking only those policies whose guards hold says the same as asking all:
// every built-in policy of items, over inputs in which every field is there,
// empty or missing by chance.
func TestGuardsSayWhatOPAWouldSay(t *testing.T) {
	library, err := Load(t.Context(), policies.FS())
	if err != nil {
		t.Fatal(err)
	}
	chance, silent, found := rand.New(rand.NewPCG(7, 11)), 0, 0
	for _, name := range []backlog.Level{backlog.Portfolio, backlog.Capability, backlog.Feature, backlog.Story} {
		level := library.levels[name]
		asked := level.asked.Load().all
		all := *asked
		all.members = unguarded(asked.members)
		for range 240 {
			in := anyInput(chance, name)
			in.Settings = level.defaults.at(level).settings
			document := level.document(&in)
			want, wantErr := all.ask(t.Context(), document)
			have, haveErr := asked.ask(t.Context(), document)
			if diff := cmp.Diff(plain(want), plain(have)); diff != "" || (wantErr == nil) != (haveErr == nil) {
				t.Fatalf("%s (-all +guarded):\n%s\n%v, %v\n%s", name, diff, wantErr, haveErr, document)
			}
			silent += len(asked.members) - len(asked.asked(document))
			found += len(have)
		}
	}
	if silent < 20000 || found < 2000 {
		t.Errorf("%d times a policy was not asked, %d times one found something", silent, found)
	}
}

func unguarded(members []member) (all []member) {
	for _, m := range members {
		m.rules = [][]int{nil}
		all = append(all, m)
	}
	return all
}

func plain(answers []said) map[string]string {
	all := map[string]string{}
	for _, a := range answers {
		all[a.policy] = a.violations.String()
	}
	return all
}

// anyInput chooses every value by chance, out of few, so that rules meet.
func anyInput(chance *rand.Rand, level backlog.Level) Input {
	var in Input
	anyValue(chance, reflect.ValueOf(&in).Elem(), 0)
	in.Level, in.Subject.Kind, in.Set, in.Today = level, backlog.ItemSubject, nil, "2026-11-24"
	return in
}

func anyValue(chance *rand.Rand, v reflect.Value, depth int) {
	words := []string{"", "todo", "in_progress", "done", "known", "active", "future", "past", "blocks", "inward", "outward", "duplicates", "relates", "bug", "High", "blocked", "feature", "2026-10-01", "2027-01-01"}
	switch v.Kind() {
	case reflect.String:
		v.SetString(words[chance.IntN(len(words))])
	case reflect.Bool:
		v.SetBool(chance.IntN(4) > 0)
	case reflect.Int:
		v.SetInt(int64(chance.IntN(400) - 20))
	case reflect.Float64:
		v.SetFloat(float64(chance.IntN(30)))
	case reflect.Pointer:
		if chance.IntN(3) > 0 && depth < 6 {
			v.Set(reflect.New(v.Type().Elem()))
			anyValue(chance, v.Elem(), depth+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), chance.IntN(4), 4))
		for i := range v.Len() {
			anyValue(chance, v.Index(i), depth+1)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Settings]() {
			return
		}
		for i := range v.NumField() {
			anyValue(chance, v.Field(i), depth+1)
		}
	}
}

// What a rule begins with is understood as far as it cannot err, and no
// further.
func TestGuardsEndWhereAnErrorMayBe(t *testing.T) {
	for body, want := range map[string]int{
		`input.facts.not_done == true`: 1,
		`input.facts.not_done == true; input.subject.title != ""; input.facts.idle_days >= input.settings["story/x"].days`: 3,
		`limit := input.settings["story/x"].days; limit > 3`:                                                               2,
		`not input.subject.points; not input.facts.active`:                                                                 2,
		`input.subject.state.category in {"done", "removed"}; count(input.text.criteria) > 2`:                              2,
		`some i; input.links[i].type == "blocks"; input.facts.active == true`:                                              1,
		`some c in input.children; c.key == "a"; input.facts.active == true`:                                               1,
		`to_number(input.subject.title) > 3; input.facts.active == true`:                                                   0,
		`count(input.settings["story/x"].days) > 3; input.facts.active == true`:                                            0,
		`data.trackwarden.lib.x.y; input.facts.active == true`:                                                             0,
		`not input.subject.title == "a" with input.today as "b"`:                                                           0,
	} {
		parsed, err := ast.ParseModuleWithOpts("x.rego", "package x\nviolation contains 1 if {"+body+"}", ast.ParserOptions{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Fatalf("%s: %v", body, err)
		}
		if have := len(newGuards().of(parsed.Rules[0])); have != want {
			t.Errorf("%s: %d guards, want %d", body, have, want)
		}
	}
}
