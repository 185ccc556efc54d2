package jira

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/trackwarden/trackwarden/backlog"
)

// A position that was written is the same when it is read, whatever was read
// before; and what it asks the tracker for is made of numbers and of projects
// that are in scope, nothing else of it gets into a query.
func FuzzPosition(f *testing.F) {
	for _, seed := range []string{
		`{"kind":"backfill","project":"10000","started":1,"scope":"s","token":"t"}`, `{"kind":"changes","projects":["10000"],"since":5,"started":1,"scope":""}`,
		`{"kind":"changes","projects":["10000 OR 1=1"],"since":-1}`, `{"kind":"backfill","project":"10000","from":-9,"to":9,"at":1,"skip":-2,"anchor":"\"x"}`,
		`{"kind":"x\ud800","token":"\u0000"}`, `{}`, `[]`, `null`, `{"since":1e99}`, `{"kind":"backfill","project":"10000","total":-5,"done":true}`, "\xff",
	} {
		f.Add(seed)
	}
	m := &model{projects: []backlog.Project{{ID: "10000", Key: "SHOP", Name: "Shop"}}}
	plain := regexp.MustCompile(`^project (= "?SHOP"?|in \("?SHOP"?(, "?SHOP"?)*\))( AND (created|updated) (>=|<) "?-?[0-9]+"?)*( ORDER BY [a-z]+ ASC(, [a-z]+ ASC)?)?$`)
	f.Fuzz(func(t *testing.T, text string) {
		var p, again position
		if json.Unmarshal([]byte(text), &p) != nil {
			return
		}
		if err := json.Unmarshal([]byte(p.String()), &again); err != nil || again.String() != p.String() || !utf8.ValidString(p.String()) {
			t.Errorf("%q is read as %+v, then as %+v, %v", text, p, again, err)
		}
		if p.Done && p.Token == "" && p.next() != "" {
			t.Errorf("%q is done and goes on at %q", text, p.next())
		}
		page := p.last(backlog.Page{})
		for _, id := range append(p.Projects, p.Project) {
			if ms, read := since(page.Mark, id, p.Scope); id != "" && (!read || ms != p.Started) {
				t.Errorf("%q leaves a mark that is read as %d, %t", text, ms, read)
			}
		}
		tracker := &Tracker{}
		if jql, err := tracker.query(m, p); err == nil && !plain.MatchString(strings.TrimSpace(jql)) {
			t.Errorf("%q asks %q", text, jql)
		}
	})
}
