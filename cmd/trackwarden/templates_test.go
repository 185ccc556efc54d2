package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/config"
)

// worded opens the example anew with a template of its own.
func (tr *train) worded(template string) (path string) {
	tr.t.Helper()
	tr.app.close()
	tr.write("own.tmpl", template)
	path = tr.configure(config.Enforce, "\nschedule:", "\ntemplates: {comment: own.tmpl}\nschedule:")
	cfg, err := config.Load(path, os.LookupEnv)
	if err != nil {
		tr.t.Fatal(err)
	}
	if tr.app, err = openApp(tr.t.Context(), cfg, tr.clock.Now, tr.app.log); err != nil {
		tr.t.Fatal(err)
	}
	return path
}

func TestTheWordsOfCommentsCanBePreviewed(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	path := tr.configure(config.Enforce)
	out, _, status := command(t, "templates", "show")
	if status != exitClean || !strings.Contains(out, `{{define "gap" -}}`) {
		t.Errorf("templates show: status %d\n%s", status, out)
	}
	out, errs, status := command(t, "templates", "preview", "--config", path)
	for _, want := range []string{
		"In the built-in words", "the first comment\n**Backlog check: 2 gaps**", "the first comment, as sent to platform\n<p><strong>Backlog check: 2 gaps</strong></p>",
		"the first comment, as sent to shop\n*Backlog check: 2 gaps*", "one gap was closed\n**Backlog check: 1 gap left**", "**Backlog check: all clear since 26 Nov 2026.** Thank you.",
	} {
		if status != exitClean || !strings.Contains(out, want) {
			t.Errorf("templates preview (status %d) lacks %q:\n%s%s", status, want, out, errs)
		}
	}
	path = tr.worded(`{{define "headline"}}**{{.Item.Key}} braucht dich**{{if not .Gaps}} nicht mehr{{end}}{{end}}`)
	out, errs, status = command(t, "templates", "preview", "--item", "SHOP-13", "--format", "json", "--config", path)
	c := decode[previewsContract](t, out)
	if len(c.Previews) != 1 || !strings.HasPrefix(c.Previews[0].Markdown, "**SHOP-13 braucht dich**\n\n1. ") || !strings.HasPrefix(c.Previews[0].Rendered["shop"], "*SHOP-13 braucht dich*\n\n# ") {
		t.Errorf("preview of an item (status %d):\n%s%s", status, out, errs)
	}
	if _, errs, status := command(t, "templates", "preview", "--item", "SHOP-1", "--config", path); status != exitUsage || !strings.Contains(errs, "nothing is open on SHOP-1") {
		t.Errorf("an item with nothing open: status %d: %s", status, errs)
	}
}

func TestATemplateThatIsNotFitStopsEveryCommandWithFileAndLine(t *testing.T) {
	tr := newTrain(t, nil, nil)
	path := tr.worded(`{{define "sign"}}Yours{{end}}`)
	tr.write("own.tmpl", "\n{{define \"gap\"}}{{.Titel}}{{end}}")
	for _, args := range [][]string{{"config", "validate"}, {"plan"}, {"templates", "preview"}} {
		_, errs, status := command(t, append(args, "--config", path)...)
		if status != exitUsage || !strings.Contains(errs, "templates.comment: ") || !strings.Contains(errs, "own.tmpl:2:") || !strings.Contains(errs, "there is no Titel here, but N, Policy, Title") {
			t.Errorf("%v: status %d: %s", args, status, errs)
		}
	}
}

// P6, B02: new words are no reason to touch what stands on a thousand items.
func TestNewWordsRewriteNothing(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	before := len(tr.world.Jira.Truth().Entries())
	tr.worded(`{{define "sign"}}*Yours, the train*{{end}}`)
	tr.clock.move(time.Minute)
	if plan := tr.pass(); plan.Writes.Requests != 0 || len(plan.Changes) != 0 {
		t.Errorf("%d writes, %d changes planned for new words", plan.Writes.Requests, len(plan.Changes))
	}
	for _, e := range tr.world.Jira.Truth().Entries()[before:] {
		if e.Applied {
			t.Errorf("%s %s was applied", e.Method, e.Path)
		}
	}
	if old := tr.comment("SHOP-15"); !strings.Contains(old, "edited, never repeated") {
		t.Fatalf("the comment on SHOP-15: %s", old)
	}
	if err := tr.world.Jira.Human("557058:olga").SetField("SHOP-15", tr.criteriaField(), nil); err != nil {
		t.Fatal(err)
	}
	tr.pass()
	if now := tr.comment("SHOP-15"); !strings.Contains(now, "Yours, the train") || !strings.Contains(now, "2 gaps") {
		t.Errorf("another finding is told in the new words: %s", now)
	}
}

// comment is the one comment on an issue.
func (tr *train) comment(key string) string {
	tr.t.Helper()
	all := tr.world.Jira.Comments(key)
	if len(all) != 1 {
		tr.t.Fatalf("%s has %d comments", key, len(all))
	}
	body, _ := all[0]["body"].(string)
	return body
}
