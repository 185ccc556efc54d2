package engine_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/trackwarden/trackwarden/policies/engine"
)

// linted is what lint says of one file of a policy.
func linted(t *testing.T, text string) string {
	t.Helper()
	library, err := engine.Load(t.Context(), fstest.MapFS{"story/x.rego": file(text), "story/x_test.rego": file("package trackwarden.story_test\n")})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, problem := range library.Lint() {
		said = append(said, problem.Error())
	}
	return strings.Join(said, "\n")
}

// rule is a policy with a head and a body of its own.
func rule(head, body string) string {
	return "package trackwarden.story\n\n" + metadata + "#   params:\n#     limit: {default: 3, description: The most.}\nviolation contains {\n\t\"policy\": \"story/x\",\n" + head + "\n} if {\n" + body + "\n}\n"
}

func TestLintFindsWhatIsDearOrDoesNotStayTheSame(t *testing.T) {
	const (
		guard = "\tinput.facts.not_done == true\n"
		limit = "\tinput.subject.points > input.settings[\"story/x\"].limit\n"
		head  = "\t\"evidence\": {},\n\t\"message\": \"m\","
	)
	for name, tc := range map[string]struct{ head, body, says string }{
		"nothing wrong":           {head, guard + limit, ""},
		"no equality first":       {head, limit + guard, "story/x.rego:18: begin with a field that equals a constant"},
		"an inequality first":     {head, "\tinput.subject.type != \"Bug\"\n" + limit, "begin with a field that equals a constant"},
		"a negation first":        {head, "\tnot input.facts.active == true\n" + limit, "begin with a field that equals a constant"},
		"iteration first":         {head, "\tsome c in input.children\n\tc.level == \"task\"\n" + limit, "begin with a field that equals a constant"},
		"a text before a field":   {head, guard + "\twords := split(input.subject.title, \" \")\n\tcount(words) > input.settings[\"story/x\"].limit\n\tinput.facts.active == true\n", "story/x.rego:21: move this above line 19"},
		"a function first":        {head, guard + "\tbig(input.subject.points)\n" + "\tinput.facts.active == true\n" + limit + "}\n\nbig(n) if {\n\tn > 3\n", "story/x.rego:20: move this above line 19"},
		"a list before a field":   {head, guard + limit + "\tsome c in input.children\n\tc.level == \"task\"\n\tinput.subject.due != \"\"\n", "story/x.rego:22: move this above line 20"},
		"every pair":              {head, guard + limit + "\tsome c in input.children\n\tsome l in input.links\n\tl.item.key == c.key\n", "story/x.rego:21: this walks over every pair of input.children and input.links"},
		"one list is no pair":     {head, guard + limit + "\tsome c in input.children\n\tc.level == \"task\"\n", ""},
		"a pattern of people":     {head, guard + limit + "\tregex.match(input.subject.title, input.text.role)\n", "story/x.rego:20: the pattern holds input.subject.title"},
		"the same in a call":      {head, guard + limit + "\tcount(regex.find_n(concat(\"\", [\"x\", input.subject.type]), input.text.role, 1)) > 0\n", "the pattern holds input.subject.type"},
		"a constant pattern":      {head, guard + limit + "\tregex.match(\"^x\", input.text.role)\n", ""},
		"the whole input":         {head, guard + limit + "\tcount(input) > 3\n", "story/x.rego:20: name the fields that it reads"},
		"any field of it":         {head, guard + limit + "\tsome k\n\tinput[k] == \"x\"\n", "name the fields that it reads"},
		"evidence that ages":      {"\t\"evidence\": {\"days\": input.facts.idle_days},\n\t\"message\": \"m\",", guard + limit, "story/x.rego:15: the evidence holds input.facts.idle_days, which changes every day"},
		"through a variable":      {"\t\"evidence\": {\"days\": days},\n\t\"message\": \"m\",", guard + limit + "\tdays := input.facts.age_days + 1\n", "the evidence holds input.facts.age_days"},
		"a message that ages":     {"\t\"evidence\": {},\n\t\"message\": sprintf(\"On %s.\", [input.today]),", guard + limit, "story/x.rego:16: the message holds input.today"},
		"a parameter as evidence": {"\t\"evidence\": {\"limit\": input.settings[\"story/x\"].limit},\n\t\"message\": \"m\",", guard + limit, "the evidence holds a parameter"},
		"a parameter not read":    {head, guard, "story/x.rego:3: params: nothing reads limit"},
	} {
		t.Run(name, func(t *testing.T) {
			said := linted(t, rule(tc.head, tc.body))
			if tc.says == "" && said != "" || !strings.Contains(said, tc.says) {
				t.Errorf("got %q, want %q", said, tc.says)
			}
		})
	}
}

func TestCoverageNamesTheLinesThatNoTestReaches(t *testing.T) {
	library, err := engine.Load(t.Context(), fstest.MapFS{
		"story/x.rego": file("package trackwarden.story\n\n" + metadata + `violation contains {"policy": "story/x", "evidence": {}, "message": "m"} if {
	input.facts.not_done == true
	input.subject.points > 3
	input.subject.points < 5
}
`),
		"story/x_test.rego": file(`package trackwarden.story_test

import data.trackwarden.story

test_small if count(story.violation) == 0 with input as {"facts": {"not_done": true}, "subject": {"points": 1}}
`),
	})
	if err != nil {
		t.Fatal(err)
	}
	done, err := library.Test(t.Context())
	if err != nil || len(done.Failures) > 0 || len(done.Covered) != 1 {
		t.Fatalf("%+v %v", done, err)
	}
	c := done.Covered[0]
	if c.Path != "story/x.rego" || c.Tests != 1 || c.Percent != 50 {
		t.Errorf("got %+v", c)
	}
	want := []engine.Lines{{From: 11, To: 11}, {From: 14, To: 14}}
	if len(c.Missed) != 2 || c.Missed[0] != want[0] || c.Missed[1] != want[1] {
		t.Errorf("missed %v, want %v", c.Missed, want)
	}
}
