package main

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// What a ticket says is only text in our comment, also where a template of
// one's own shows it: nobody is called, and no link leads where the ticket wants.
func TestU12NobodyIsCalledByWhatATicketSays(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.worded(`{{define "sign"}}{{.Item.Title}} / **{{.Item.Title}}** / ` + "`{{.Item.Title}}`" + ` @everybody [~accountid:557058:olga]{{end}}`)
	human := tr.world.Jira.Human("557058:olga")
	for _, title := range []string{
		"Call [~accountid:557058:yuki] and [~yuki] @yuki", "See [here|https://evil.example] [here](https://evil.example) https://evil.example #1234",
		"!https://evil.example/x.png! {code}x{code} <a href='https://evil.example' data-vss-mention='version:2.0,1'>@Olga</a>",
	} {
		tr.clock.move(24 * time.Hour)
		if err := human.SetField("SHOP-13", "summary", title); err != nil {
			t.Fatal(err)
		}
		if err := human.SetField("SHOP-13", tr.criteriaField(), "* A check"); err != nil { // edited, so that it is written anew
			t.Fatal(err)
		}
		tr.pass()
		tr.clock.move(time.Hour)
		if err := human.SetField("SHOP-13", tr.criteriaField(), nil); err != nil {
			t.Fatal(err)
		}
		tr.pass()
		body := tr.comment("SHOP-13")
		word := strings.Fields(title)[0]
		if !strings.Contains(body, word) && !strings.Contains(body, `\!`) {
			t.Fatalf("the comment does not show %q:\n%s", title, body)
		}
		for _, calls := range []string{`(^|[^\\])\[~`, `@[a-zA-Z]`, `(^|[^\\])![^ ]*!`, `(^|[^\\])\{code`, `https?://evil`} {
			if m := regexp.MustCompile(calls).FindString(body); m != "" {
				t.Errorf("%q came to mean something, by %q:\n%s", title, m, body)
			}
		}
	}
}
