package plan

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Example is a comment on a sample, in the words of the settings.
type Example struct {
	When     string // what has happened
	Markdown string
}

// Examples are a first comment, the same after one gap was closed, and when all
// is clear. Policies and addresses are those of the settings where it has any.
func Examples(s Settings) []Example {
	first, left, cleared := sample()
	s.Policies = samplePolicies()
	write := func(v backlog.View) string { return Comment(v.Open, v, s) }
	return []Example{
		{"the first comment", write(first)}, {"one gap was closed", write(left)}, {"all is clear", write(cleared)},
	}
}

// Preview is the comment that an item's open findings ask for, whether it is
// due or not; false when there is nothing to say.
func Preview(v backlog.View, s Settings) (markdown string, ok bool) {
	s.All, s.AfterCreation, s.AfterEdit = true, 0, 0
	asked, _ := asking(v, s, World{})
	if len(asked) == 0 && !allClear(v, s) {
		return "", false
	}
	return Comment(asked, v, s), true
}

func samplePolicies() map[string]Policy {
	return map[string]Policy{
		"story/no-criteria": {ID: "story/no-criteria", Title: "No acceptance criteria", Remedy: "Two checks that can be answered yes or no.", Writes: true},
		"story/no-estimate": {ID: "story/no-estimate", Title: "Not estimated", Remedy: "An estimate.", Writes: true},
	}
}

// sample is an item that lacks two things, then one, then nothing.
func sample() (first, left, cleared backlog.View) {
	found := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	fixed := backlog.Finding{Policy: "story/no-criteria", Fingerprint: "1", Severity: backlog.Warning, Message: "The field is empty and there is no such heading.", Opened: found}
	open := backlog.Finding{Policy: "story/no-estimate", Fingerprint: "2", Severity: backlog.Warning, Message: "In the active Sprint 48, Story points is empty.", Opened: found}
	first.Key, first.Title, first.Type = "SHOP-147", "Pay with one tap", "Story"
	left, cleared = first, first
	first.Open, left.Open = []backlog.Finding{fixed, open}, []backlog.Finding{open}
	fixed.Closed, open.Closed = found.AddDate(0, 0, 4), found.AddDate(0, 0, 6)
	left.Fixed, cleared.Fixed = []backlog.Finding{fixed}, []backlog.Finding{fixed, open}
	return first, left, cleared
}

// fit reports what a comment in these words would lack, and whether text from
// tickets stays text in them.
func (w *Words) fit() error {
	s := Settings{Words: w, HelpURL: "https://help.example", Zone: time.UTC, Policies: samplePolicies()}
	first, left, cleared := sample()
	var problems []error
	var texts []string
	for _, v := range []backlog.View{first, left, cleared} {
		text, err := w.on(v, s)
		if err != nil {
			return err
		}
		texts = append(texts, text)
		problems = append(problems, w.lacks(v, s, text)...)
	}
	if texts[0] == texts[2] || texts[1] == texts[2] {
		problems = append(problems, fmt.Errorf("%s: it says the same when all is clear: ask {{if .Gaps}}", w.file))
	}
	for _, hostile := range hostiles() {
		v := first
		v.Key, v.Title, v.Type = hostile, hostile, hostile
		v.Open = []backlog.Finding{first.Open[0], first.Open[1]}
		v.Open[0].Message = hostile
		if _, err := w.on(v, s); err != nil {
			return err
		}
	}
	return errors.Join(problems...)
}

// hostiles are texts that would like to be more than text.
func hostiles() []string {
	return []string{
		"https://evil.example", "mailto:bob@evil.example", "<https://evil.example>", "](https://evil.example)", "[x](https://evil.example)",
		"![x](https://evil.example)", "x) <b>y</b> `z", "<a href=x>", "[x]: https://evil.example", "bob@evil.example", `"https://evil.example"`,
	}
}

func (w *Words) on(v backlog.View, s Settings) (string, error) {
	veil := &veil{}
	text, err := w.write(say(v.Open, v, s, veil), veil)
	if err != nil && !strings.HasPrefix(err.Error(), w.file+":") {
		err = fmt.Errorf("%s: %w", w.file, err)
	}
	return text, err
}

// lacks names what has to be in every comment on gaps and is not in this one.
func (w *Words) lacks(v backlog.View, s Settings, text string) (problems []error) {
	if len(v.Open) == 0 {
		return nil
	}
	lower := strings.ToLower(text)
	need := func(there bool, what, how string) {
		if !there {
			problems = append(problems, fmt.Errorf("%s: the comment lacks %s: write %s", w.file, what, how))
		}
	}
	has := func(part string) bool { return strings.Contains(lower, strings.ToLower(escape(part))) }
	headline, _, _ := strings.Cut(lower, "\n")
	for _, f := range v.Open {
		p := s.Policies[f.Policy]
		need(!strings.Contains(headline, strings.ToLower(p.Title)) && !strings.Contains(headline, "]("), "a headline on a line of its own before the gaps", `{{template "headline" .}}`)
		need(has(p.Title), "what is missing", "{{.Title}} for each of .Gaps")
		need(has(f.Message), "what is there now", "{{.Now}} or {{.Message}} for each of .Gaps")
		need(has(p.Remedy), "what would be enough", "{{.Enough}} or {{.Remedy}} for each of .Gaps")
		need(linked(text, s.HelpURL+"/policies/"+p.ID+".md"), "the link to where the policy is explained", "[Why]({{.Why}}) for each of .Gaps")
	}
	need(linked(text, s.HelpURL+"/exemptions.md"), "the link to how to be exempted", `{{template "exempt" .}}`)
	return dedupe(problems)
}

func linked(text, address string) bool {
	for _, a := range addresses(text) {
		if a == address {
			return true
		}
	}
	return false
}

func dedupe(all []error) (some []error) {
	seen := map[string]bool{}
	for _, err := range all {
		if !seen[err.Error()] {
			seen[err.Error()], some = true, append(some, err)
		}
	}
	return some
}
