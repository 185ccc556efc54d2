package engine_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// hostileTexts are what people, importers and attackers leave in fields.
var hostileTexts = []string{
	"", " ", "%s%d%v%", "{{.}}", "${x}", `"quoted\"`, "<script>alert(1)</script>", "[~accountid:1]", "@here", "null", "true", "-1", "1e999", "0x10", "not a date", "9999-99-99",
	"\u202egnp.exe", "e\u0301\u0301\u0301", "👩‍👩‍👧", "a\nb\r\nc", "\x00", "\xff\xfe", "((((", "[", "\\", "../../x", "story/too-big", "SHOP-1", "As a , I want", strings.Repeat("x ", 500), strings.Repeat("ü", 3000),
}

// dates are the names of fields that hold a date, or nothing.
var dates = []string{"today", "start", "end", "since", "due", "created", "changed", "last_activity", "ready", "needed", "frozen", "raised", "increment_start", "increment_end"}

// prose are the names of fields that may be long.
var prose = []string{"criteria", "role", "means", "ends", "hypothesis", "measure", "headings", "sentence", "extra"}

// hostileNode is what an input is made up from: the schema, as far as it matters.
type hostileNode struct {
	Ref         string                 `json:"$ref"`
	Type        any                    `json:"type"` // its name, or a list of them
	Enum        []string               `json:"enum"`
	Properties  map[string]hostileNode `json:"properties"`
	Items       *hostileNode           `json:"items"`
	Definitions map[string]hostileNode `json:"definitions"`
}

func (n hostileNode) is(kind string) bool {
	return strings.Contains(fmt.Sprint(n.Type), kind)
}

type inventor struct {
	*rand.Rand
	definitions map[string]hostileNode
}

// value makes up a value of the schema, of anything that its type allows.
func (i inventor) value(name string, node hostileNode) any {
	if below, is := strings.CutPrefix(node.Ref, "#/definitions/"); is {
		return i.value(name, i.definitions[below])
	}
	switch {
	case len(node.Enum) > 0:
		return node.Enum[i.IntN(len(node.Enum))]
	case node.is("integer"):
		return []int{-7, 0, 1, 2, 13, 100, 100_000}[i.IntN(7)]
	case node.is("number"):
		return []float64{-1, 0, 0.5, 1, 3, 8, 20, 1e9}[i.IntN(8)]
	case node.is("boolean"):
		return i.IntN(2) == 0
	case node.is("array"):
		list := []any{}
		for range i.IntN(4) {
			list = append(list, i.value(name, *node.Items))
		}
		return list
	case node.is("object") || node.Properties != nil:
		return i.object(node)
	case slices.Contains(dates, name):
		return []string{"", "2020-02-29", "2026-11-01", "2026-11-24", "2026-12-01", "2031-01-01"}[i.IntN(6)]
	}
	text := hostileTexts[i.IntN(len(hostileTexts))]
	if len(text) > 255 && !slices.Contains(prose, name) { // trackers take no names so long
		return "x"
	}
	return text
}

// object leaves out one key in eight, as trackers do.
func (i inventor) object(node hostileNode) map[string]any {
	made := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(node.Properties)) {
		if i.IntN(8) > 0 {
			made[name] = i.value(name, node.Properties[name])
		}
	}
	return made
}

// input makes up a subject of a level.
func (i inventor) input(t *testing.T, schema hostileNode, level string) engine.Input {
	t.Helper()
	made := i.object(schema)
	made["schema"], made["level"], made["today"] = 1, level, "2026-11-24"
	if !slices.Contains(itemLevels(), level) {
		delete(made, "text")
	} else {
		delete(made, "set")
	}
	text, err := json.Marshal(made)
	if err != nil {
		t.Fatal(err)
	}
	in, err := engine.ReadInput(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return in
}

func itemLevels() []string {
	return []string{string(backlog.Portfolio), string(backlog.Capability), string(backlog.Feature), string(backlog.Story), string(backlog.Task)}
}

// Every policy of the library bears whatever a subject may hold: it never errs,
// says the same twice, and what it says is one short line.
func TestEveryPolicyBearsHostileSubjects(t *testing.T) {
	var schema hostileNode
	if err := json.Unmarshal(engine.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	library := load(t)
	spoke := map[string]bool{}
	for n, level := range slices.Concat(itemLevels(), []string{"team", "train", "increment", "connection"}) {
		made := inventor{rand.New(rand.NewPCG(uint64(n), 1)), schema.Definitions}
		for range 100 {
			in := made.input(t, schema, level)
			got := evaluate(t, library, in)
			for id, err := range got.Failed {
				t.Errorf("%s errs: %v", id, err)
			}
			if diff := cmp.Diff(fmt.Sprint(got), fmt.Sprint(evaluate(t, library, in))); diff != "" {
				t.Errorf("%s is judged in two ways: %s", level, diff)
			}
			for id, said := range got.Violations {
				spoke[id] = true
				for _, v := range said {
					if strings.ContainsAny(v.Message, "\n\r\x00") || !utf8.ValidString(v.Message) || len(v.Message) > 4000 || strings.Contains(v.Message, "%!") {
						t.Errorf("%s says %q", id, v.Message)
					}
				}
			}
			if t.Failed() {
				return
			}
		}
	}
	t.Logf("%d of %d policies had something to say", len(spoke), len(library.Policies()))
}
