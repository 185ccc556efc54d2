package plan_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

func TestTheBuiltInWordsAreThose(t *testing.T) {
	s := settings()
	s.Organisation = backlog.Organisation{Teams: []backlog.Team{{Name: "Check_out", Match: []backlog.Match{{Connection: "shop"}}}}}
	want := []string{
		`**Backlog check: 2 gaps**

1. **No acceptance criteria.** Now: the field is empty and there is no such heading. Enough: two checks that can be answered yes or no. [Why](https://help.example/policies/story/no-criteria.md)
2. **Not estimated.** Now: In the active Sprint 48, Story points is empty. Enough: an estimate. [Why](https://help.example/policies/story/no-estimate.md)

Doesn't fit? [Exempt or snooze](https://help.example/exemptions.md).

*Trackwarden for Check\_out. This comment is edited, never repeated.*
`,
		`**Backlog check: 1 gap left**

1. **Not estimated.** Now: In the active Sprint 48, Story points is empty. Enough: an estimate. [Why](https://help.example/policies/story/no-estimate.md)

*Fixed: no acceptance criteria, 24 Nov 2026.*

Doesn't fit? [Exempt or snooze](https://help.example/exemptions.md).

*Trackwarden for Check\_out. This comment is edited, never repeated.*
`,
		`**Backlog check: all clear since 26 Nov 2026.** Thank you.

*Trackwarden for Check\_out. This comment is edited, never repeated.*
`,
	}
	for i, e := range plan.Examples(s) {
		if diff := cmp.Diff(want[i], e.Markdown); diff != "" {
			t.Errorf("%s (-want +got):\n%s", e.When, diff)
		}
	}
	if _, err := plan.ParseWords("all.tmpl", plan.BuiltInTemplate()); err != nil {
		t.Errorf("the built-in template is not fit as one's own: %v", err)
	}
}

func TestAPartOfTheWordsCanBeChanged(t *testing.T) {
	s := settings()
	var err error
	s.Words, err = plan.ParseWords("own.tmpl", `{{define "headline"}}**{{if .Gaps}}Bitte ergänzen: {{.Count}}{{else}}Alles gut seit {{.Clear}}{{end}}**{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	first := plan.Examples(s)[0].Markdown
	if !strings.HasPrefix(first, "**Bitte ergänzen: 2**\n\n1. **No acceptance criteria.** Now: the field") {
		t.Errorf("got\n%s", first)
	}
	s.Words, err = plan.ParseWords("own.tmpl", `{{if .Gaps}}## {{.Item.Key}}{{range .Gaps}}
- {{.Title}} / {{.Message}} / {{.Remedy}} <{{.Why}}>{{end}}

<{{.Exempt}}>{{else}}Thanks{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	if got := plan.Examples(s)[1].Markdown; got != "## SHOP-147\n- Not estimated / In the active Sprint 48, Story points is empty. / An estimate. <https://help.example/policies/story/no-estimate.md>\n\n<https://help.example/exemptions.md>\n" {
		t.Errorf("a whole comment of one's own:\n%s", got)
	}
}

func TestATemplateThatIsNotFitIsRefusedWithFileAndLine(t *testing.T) {
	gap := `{{define "gap"}}{{.Title}} {{.Enough}} [why]({{.Why}}) `
	for name, c := range map[string]struct{ text, want string }{
		"does not parse":            {"line one\n{{if}}", "own.tmpl:2: missing value for if"},
		"asks for what is not":      {"\n\n{{define \"gap\"}}{{.Titel}}{{end}}", "own.tmpl:3:18: executing \"gap\" at <.Titel>: there is no Titel here, but N, Policy, Title"},
		"a part that nothing uses":  {`{{define "headlin"}}x{{end}}`, `own.tmpl: nothing uses the part "headlin": there are comment, exempt, fixed, gap, headline, sign`},
		"no headline":               {`{{define "headline"}}{{end}}`, `lacks a headline on a line of its own before the gaps: write {{template "headline" .}}`},
		"no exemption":              {`{{define "exempt"}}{{end}}`, "lacks the link to how to be exempted"},
		"no explanation":            {`{{define "gap"}}{{.Title}} {{.Now}} {{.Enough}}{{end}}`, "lacks the link to where the policy is explained"},
		"not what is there":         {gap + `{{end}}`, "lacks what is there now"},
		"not what would be enough":  {`{{define "gap"}}{{.Title}} {{.Now}} [why]({{.Why}}){{end}}`, "lacks what would be enough"},
		"not what is missing":       {`{{define "gap"}}{{.Now}} {{.Enough}} [why]({{.Why}}){{end}}`, "lacks what is missing"},
		"the same when all's clear": {`{{define "comment"}}hello{{end}}`, "it says the same when all is clear"},
		"nothing":                   {`{{define "comment"}}{{end}}`, "it says nothing"},
		"cuts a ticket's text":      {gap + `{{slice .Now 1}}{{end}}`, "it takes text of the ticket apart"},
		"a link of a ticket's text": {gap + `{{.Now}} <{{.Message}}>{{end}}`, "it makes an address"},
		"a link to a ticket's text": {gap + `{{.Now}} [x]({{.Message}}){{end}}`, "it makes an address"},
		"a marker like ours":        {gap + `{{.Now}} [¶](https://x.example#trackwarden:a:b:c:d){{end}}`, "by which our own comments are known"},
		"endless":                   {gap + strings.Repeat("{{.Now}}", 1000) + `{{end}}`, "it is longer than"},
		"huge":                      {strings.Repeat(" ", 70<<10), "it is larger than 64 KB"},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := plan.ParseWords("own.tmpl", c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "own.tmpl:") {
				s := settings()
				s.Words = w
				t.Errorf("got %v, want %q\n%s", err, c.want, plan.Examples(s)[0].Markdown)
			}
		})
	}
}

func TestWordsThatFailOnAnItemGiveWayToTheBuiltInOnes(t *testing.T) {
	s := settings()
	var err error
	s.Words, err = plan.ParseWords("own.tmpl", `{{define "sign"}}{{if eq .Item.Type "Bug"}}{{index .Gaps 7}}{{end}}{{if eq .Team "Checkout"}}{{slice .Item.Title 2}}{{end}}Yours{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	v := view(finding("story/a", backlog.Warning))
	v.Title = "Pay with one tap"
	if text := plan.Comment(v.Open, v, s); !strings.Contains(text, "Yours") {
		t.Errorf("they are fit for this item:\n%s", text)
	}
	s.Organisation = backlog.Organisation{Teams: []backlog.Team{{Name: "Checkout", Match: []backlog.Match{{Connection: "shop"}}}}}
	if text := plan.Comment(v.Open, v, s); strings.Contains(text, "Yours") || !strings.Contains(text, "This comment is edited, never repeated.") {
		t.Errorf("they are not fit for this team:\n%s", text)
	}
}

func TestOtherWordsAreNoReasonToEdit(t *testing.T) {
	s := settings()
	v := view(finding("story/a", backlog.Warning), finding("story/b", backlog.Warning))
	change, _ := plan.One(v, s, world())
	v = after(v, change)
	var err error
	if s.Words, err = plan.ParseWords("own.tmpl", `{{define "sign"}}Yours{{end}}`); err != nil {
		t.Fatal(err)
	}
	p := s.Policies["story/a"]
	p.Title, p.Remedy = "Criteria are missing", "Three checks."
	s.Policies["story/a"], s.HelpURL = p, "https://elsewhere.example"
	v.Open[0].Message = "There is nothing in the field."
	if again, _ := plan.One(v, s, world()); !again.Empty() {
		t.Fatalf("only the words are others, and it is written anew:\n%s", again.Comment.Markdown)
	}
	v.Open[1].Fingerprint = "other evidence"
	if again, _ := plan.One(v, s, world()); again.Comment == nil || !strings.Contains(again.Comment.Markdown, "Yours") || !strings.Contains(again.Comment.Markdown, "Criteria are missing") {
		t.Errorf("a finding is another one: it is told in the new words, got %+v", again.Comment)
	}
}

func TestP11ACommentListsTenGapsAndCountsTheRest(t *testing.T) {
	v := view()
	for i := range 30 {
		f := finding("story/a", backlog.Warning)
		f.Fingerprint, f.Message = strings.Repeat("x", i+1), strings.Repeat("@bob [x](https://evil.example) ", 10)
		v.Open = append(v.Open, f)
	}
	change, _ := plan.One(v, settings(), world())
	text := change.Comment.Markdown
	if !strings.Contains(text, "**Backlog check: 30 gaps**") || !strings.Contains(text, "\n10. ") || strings.Contains(text, "\n11. ") || !strings.Contains(text, "And 20 more.") {
		t.Errorf("got:\n%s", text)
	}
	if len(text) > 20000 {
		t.Errorf("%d bytes", len(text))
	}
}
