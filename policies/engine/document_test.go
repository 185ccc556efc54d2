package engine

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

func asJSON(t *testing.T, encoded []byte, err error) any {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(encoded, &plain); err != nil {
		t.Fatal(err)
	}
	return plain
}

func filled() Input {
	two, days := 2.5, 4
	s := Summary{
		ID: "s/1", Key: "A-1", URL: "u", Title: "t", Level: backlog.Feature,
		State: SummaryState{Category: backlog.ToDo, Native: "Funnel"}, Team: "T", Increment: "I", Theme: "H",
		Type: "Epic", ItemKind: backlog.Enabler, Points: &two, Priority: "High", Due: "2026-12-01", Labels: []string{"x"},
		Iteration: Iteration{Name: "S", State: "past", Start: "a", End: "b"}, IncrementStart: "a", IncrementEnd: "b",
	}
	return Input{
		Today: "2026-11-24", Level: backlog.Story,
		Subject: Subject{
			Kind: backlog.ItemSubject, ID: "s/2", Key: "A-2", URL: "v", Title: "w", Type: "Story", ItemKind: backlog.Bug,
			State:  State{Category: backlog.InProgress, Native: "Doing", Since: "2026-11-20"},
			Points: &two, Priority: "High", Rank: "0|a", WSJF: WSJF{Value: &two, Criticality: &two, Risk: &two, Size: &two},
			Theme: "H", Persona: "P", Assignee: "me", Labels: []string{"x"}, Created: "2026-01-01", Changed: "2026-02-01",
			Components: []string{"web"}, Area: "Shop", Iteration: Iteration{Name: "S", State: "active", Start: "a", End: "b"}, Filled: []string{"points"},
			Due: "2026-12-01", Custom: map[string]any{"a": []any{1.5, nil, true}, "b": map[string]any{"c": "d"}},
		},
		Text: Text{Criteria: []string{"c"}, Role: "r", Means: "m", Ends: "e", Hypothesis: "h", Measure: "n", Truncated: true, Headings: []string{"g"}, Words: 3, Story: Story{
			Language: "en", Sentence: "s", Words: 4, Conjunctions: []string{"and"}, Vague: []string{"easy"}, Repeated: []string{"so that"},
			Brackets: true, Extra: "x", GenericRole: true, ReadingEase: &two, Missing: []string{"ends"}, VagueCriteria: []string{"fast"},
		}},
		Facts: Facts{
			AgeDays: 1, IdleDays: 2000, StateDays: &days, LastActivity: "2026-03-01", NotDone: true, Active: true,
			Committed: true, Cycle: []string{"A-1", "A-2"}, ChildrenKnown: true,
			Reopened: &days, CarriedOver: &days, DueMoved: &days, DueIn: &days, IncrementIn: &days, IterationIn: &days,
		},
		Parent: &s, ParentRef: ParentKnown, Children: []Summary{s}, Links: []Link{{Type: backlog.Blocks, Direction: backlog.Inward, Item: &s}, {}},
		Team: Team{Name: "T", Train: "R"}, Increment: Increment{Name: "I", Start: "a", End: "b"},
		Train:    Train{Name: "R", Current: Increment{Name: "I", Start: "a", End: "b"}, Next: Increment{Name: "J", Start: "c", End: "d"}},
		Known:    Known{Teams: []string{"T"}, Personas: []string{"P"}, Themes: []string{"H"}},
		Settings: NewSettings(map[string]map[string]any{"story/x": {"n": 3}}),
	}
}

// What is judged, what is stored and what the schema publishes are one
// document.
func TestTermAndJSONAreTheSameDocument(t *testing.T) {
	build := object(inputFields(), &reads{whole: true})
	team := Input{Today: "2026-11-24", Level: "team", Subject: Subject{Kind: backlog.TeamSubject, ID: "T", Title: "T"}, Set: filledSet()}
	for _, in := range []Input{filled(), team, {}} {
		plain, err := ast.JSON(build(&in).Value)
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := json.Marshal(plain)
		judged := asJSON(t, encoded, err)
		encoded, err = json.Marshal(in)
		stored := asJSON(t, encoded, err)
		if diff := cmp.Diff(stored, judged); diff != "" {
			t.Errorf("stored and judged differ:\n%s", diff)
		}
		compareWithSchema(t, "input", in.Subject.Kind != "", judged, schemaOf(t))
	}
}

type schemaNode struct {
	Ref         string                `json:"$ref"`
	Type        any                   `json:"type"`
	Description string                `json:"description"`
	Required    []string              `json:"required"`
	Properties  map[string]schemaNode `json:"properties"`
	Items       *schemaNode           `json:"items"`
	Enum        []any                 `json:"enum"`
	Definitions map[string]schemaNode `json:"definitions"`
}

func schemaOf(t *testing.T) schemaNode {
	t.Helper()
	var root schemaNode
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	return root
}

// compareWithSchema checks that a value has exactly the fields of the schema:
// all required ones, no unknown one, each with a description.
func compareWithSchema(t *testing.T, path string, strict bool, value any, node schemaNode) {
	t.Helper()
	if name, ok := strings.CutPrefix(node.Ref, "#/definitions/"); ok {
		node = schemaOf(t).Definitions[name]
	}
	if node.Description == "" && !strings.HasSuffix(path, "[]") {
		t.Errorf("the schema does not describe %s", path)
	}
	switch value := value.(type) {
	case map[string]any:
		for name, member := range value {
			below, known := node.Properties[name]
			if !known && node.Properties != nil {
				t.Errorf("%s.%s is not in the schema", path, name)
			} else if known {
				compareWithSchema(t, path+"."+name, strict, member, below)
			}
		}
		for _, name := range node.Required {
			if _, there := value[name]; !there {
				t.Errorf("%s.%s is required and not there", path, name)
			}
		}
	case []any:
		for _, element := range value {
			if node.Items == nil {
				t.Errorf("%s has no items in the schema", path)
				return
			}
			compareWithSchema(t, path+"[]", strict, element, *node.Items)
		}
	case string:
		if node.Type != "string" || strict && len(node.Enum) > 0 && value != "" && !contains(node.Enum, value) {
			t.Errorf("%s is %q, the schema says %v %v", path, value, node.Type, node.Enum)
		}
	case float64:
		if node.Type != "number" && node.Type != "integer" {
			t.Errorf("%s is a number, the schema says %v", path, node.Type)
		}
	case bool:
		if node.Type != "boolean" {
			t.Errorf("%s is a boolean, the schema says %v", path, node.Type)
		}
	}
}

func contains(values []any, want any) bool {
	for _, v := range values {
		if v == want {
			return true
		}
	}
	return false
}

// Every field of the schema can be reached from Go: the filled input has all.
func TestEveryFieldOfTheSchemaIsBuilt(t *testing.T) {
	in := filled()
	in.Set = filledSet()
	plain, err := ast.JSON(object(inputFields(), &reads{whole: true})(&in).Value)
	if err != nil {
		t.Fatal(err)
	}
	root := schemaOf(t)
	var missing func(path string, value any, node schemaNode)
	missing = func(path string, value any, node schemaNode) {
		if name, ok := strings.CutPrefix(node.Ref, "#/definitions/"); ok {
			node = root.Definitions[name]
		}
		if list, ok := value.([]any); ok && len(list) > 0 && node.Items != nil {
			missing(path+"[0]", list[0], *node.Items)
		}
		have, _ := value.(map[string]any)
		for name, below := range node.Properties {
			if member, there := have[name]; there {
				missing(path+"."+name, member, below)
			} else {
				t.Errorf("%s.%s is never built", path, name)
			}
		}
	}
	missing("input", plain, root)
}

func TestOnlyWhatIsReadIsBuilt(t *testing.T) {
	for _, test := range []struct{ rule, want string }{
		{`x if input.facts.not_done == true`, `{"facts":{"not_done":true}}`},
		{`x if { some c in input.children; c.state.category == "todo" }`, `{"children":[` + filledSummary + `]}`},
		{`x if input.children[_].state.category == "todo"`, `{"children":[{"state":{"category":"todo"}}]}`},
		{`x if { not input.children[0].key; input.parent.title }`, `{"children":[{"key":"A-1"}],"parent":{"title":"t"}}`},
		{`x contains {"p": input.subject.points} if input.today`, `{"subject":{"points":2.5},"today":"2026-11-24"}`},
		{`x if { f := input.facts; f.active }`, `{"facts":` + filledFacts + `}`},
		{`x if { some k in ["active"]; input.facts[k]; input.facts.committed }`, `{"facts":` + filledFacts + `}`},
		{`x if input.subject.custom.b.c == "d"`, `{"subject":{"custom":{"a":[1.5,null,true],"b":{"c":"d"}}}}`},
		{`x if input.settings["story/x"].n > 2`, `{"settings":{"story/x":{"n":3}}}`},
		{`x if { some k in ["team"]; input[k].name == "T"; input.team.train == "R" }`, `{"subject":{},"text":{},"facts":{},"parent":{},"team":{"name":"T","train":"R"},"train":{"name":"R"},"increment":{"name":"I"},"known":{},` + filledScalars + `}`},
		{"f(s) if s.active\nx if f(input.facts)", `{"facts":` + filledFacts + `}`},
		{`x if { true }`, `{}`},
	} {
		in := filled()
		compiler := ast.MustCompileModules(map[string]string{"x.rego": "package x\n" + test.rule})
		built := object(inputFields(), readBy(compiler.Modules))(&in)
		if want := ast.MustParseTerm(test.want); !built.Equal(want) {
			t.Errorf("%s\nbuilt %v\nwant  %v", test.rule, built, want)
		}
	}
}

// A bare input is everything.
func TestTheWholeInputIsBuiltWhenItIsRead(t *testing.T) {
	for _, rule := range []string{`x if { i := input; i.today }`, "f(i) if i.today\nx if f(input)", `x := input`, `x if { some k; input[k] == 1 }`} {
		in := filled()
		compiler := ast.MustCompileModules(map[string]string{"x.rego": "package x\n" + rule})
		built := object(inputFields(), readBy(compiler.Modules))(&in)
		if want := object(inputFields(), &reads{whole: true})(&in); !built.Equal(want) {
			t.Errorf("%s: built only %v", rule, built)
		}
	}
}

const (
	filledScalars = `"schema":1,"today":"2026-11-24","level":"story","parent_ref":"known","children":[` + filledSummary + `],"links":[{"type":"blocks","direction":"inward","item":` + filledSummary + `},{"type":"","direction":"","item":null}],"settings":{"story/x":{"n":3}}`
	filledSummary = `{"id":"s/1","key":"A-1","url":"u","title":"t","level":"feature","state":{"category":"todo","native":"Funnel"},"team":"T","increment":"I","theme":"H","type":"Epic","item_kind":"enabler","points":2.5,"priority":"High","due":"2026-12-01","labels":["x"],"iteration":{"name":"S","state":"past","start":"a","end":"b"},"increment_start":"a","increment_end":"b"}`
	filledFacts   = `{"age_days":1,"idle_days":2000,"state_days":4,"last_activity":"2026-03-01","not_done":true,"active":true,"committed":true,"cycle":["A-1","A-2"],"children_known":true,"reopened":4,"carried_over":4,"due_moved":4,"due_in_days":4,"increment_in_days":4,"iteration_in_days":4}`
)

func TestTextIsCappedAtTheDoor(t *testing.T) {
	long := strings.Repeat("ä", backlog.MaxText)
	in := Input{Subject: Subject{Title: long, Custom: map[string]any{"x": long}}, Text: Text{Criteria: []string{long}}}
	document := object(inputFields(), &reads{whole: true})(&in)
	ast.WalkTerms(document, func(term *ast.Term) bool {
		if s, ok := asText(term); ok && len(s) > backlog.MaxText {
			t.Errorf("a text of %d bytes reached the policies", len(s))
		}
		return false
	})
}
