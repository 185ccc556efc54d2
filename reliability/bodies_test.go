package reliability

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

const childOfBodies = "RELIABILITY_BODIES"

// R19: one issue has a description of 10 MB, 5,000 comments and 10,000 entries in
// its changelog. A process of its own reads it, its past too, and judges it: it
// needs little more memory than for any other issue, and says that it did not
// read all.
func TestR19HugeIssue(t *testing.T) {
	if url := os.Getenv(childOfBodies); url != "" {
		readHuge(t, url)
		return
	}
	clock := &clock{now: begun.AddDate(0, 0, -30)}
	world := jirasim.New(jirasim.Settings{Clock: clock.Now, SiteName: "shop", User: "bot@shop.example", Token: "token"})
	stories("SHOP", 20)(world)
	human := world.Human("")
	for n := range 10_000 {
		must(t, human.SetField("SHOP-1", "duedate", begun.AddDate(0, 0, n%300).Format(time.DateOnly)))
	}
	for n := range 5_000 {
		_, err := human.AddComment("SHOP-1", fmt.Sprint("comment ", n))
		must(t, err)
	}
	must(t, human.SetField("SHOP-1", "description", strings.Repeat("lorem ipsum dolor sit amet\n", 10<<20/27)))
	url, stop, err := world.Start("127.0.0.1:0")
	must(t, err)
	t.Cleanup(stop)
	started := time.Now()
	child := exec.Command(os.Args[0], "-test.run=^TestR19Huge")
	child.Env = append(os.Environ(), childOfBodies+"="+url)
	child.Stdout, child.Stderr = os.Stderr, os.Stderr
	must(t, child.Run())
	usage, _ := child.ProcessState.SysUsage().(*syscall.Rusage)
	t.Logf("%d MiB, %s", usage.Maxrss>>10, time.Since(started).Round(time.Millisecond))
	if usage.Maxrss > 400<<10 {
		t.Errorf("the process needed %d MiB", usage.Maxrss>>10)
	}
}

// readHuge is the child.
func readHuge(t *testing.T, url string) {
	stack := rest.Settings{BaseURL: url, User: "bot@shop.example", ReadPOST: jira.ReadPOST(), Verify: jira.Verify}
	tracker, err := jira.New(jira.Settings{Connection: connection, URL: url}, client(t, stack), slog.New(slog.DiscardHandler))
	must(t, err)
	h := newHouse(t, &clock{now: begun}, tracker, 1)
	o := h.good()
	found, err := h.db.Find(t.Context(), connection, "SHOP-1")
	must(t, err)
	if len(found) != 1 {
		t.Fatalf("%d issues", len(found))
	}
	f, _ := h.stored(found[0].ID)
	judgement, known, err := h.db.JudgementOf(t.Context(), backlog.Subject{Kind: backlog.ItemSubject, ID: found[0].ID.String()})
	must(t, err)
	if !f.Text.Truncated || len(f.Body) > backlog.MaxText {
		t.Errorf("truncated %t, %d bytes of the text are kept", f.Text.Truncated, len(f.Body))
	}
	if !known || len(judgement.Outcomes) == 0 || !o.Complete() {
		t.Errorf("judged %t, complete %t: %s", known, o.Complete(), o.Doubt())
	}
}

// R20: an issue that nobody can read is named, and all others are read; also
// where the whole page with it cannot be read. When it can be read again, it is.
func TestR20WhatCannotBeReadStopsNobodyElse(t *testing.T) {
	deep := strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)
	for name, to := range map[string]string{
		"10,000 levels": deep,
		"9,000 levels":  deep[1000 : len(deep)-1000],
		"no JSON":       `NaN`,
		"a list":        `["POISON"]`,
		"1e400":         `1e400`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newJiraSite(t, jirasim.Settings{}, jira.Settings{PageSize: 5}, stories("SHOP", 12))
			must(t, s.world.Human("").SetField("SHOP-3", "summary", "POISON"))
			poison := simulator.Rule{Swap: map[string]string{`"POISON"`: to}}
			s.world.Faults().Add(poison)
			o := s.good()
			if len(o.Pull.Broken) == 0 || o.Pull.Broken[0].Key != "SHOP-3" || o.Complete() {
				t.Errorf("broken %v, complete %t", o.Pull.Broken, o.Complete())
			}
			ids := s.ids(o.Site)
			for _, id := range ids {
				if f, ok := s.stored(id); ok == (id == s.id(o.Site, "SHOP-3")) {
					t.Errorf("%s is stored: %t", f.Key, ok)
				}
			}
			s.world.Faults().Clear()
			s.clock.move(25 * time.Hour)
			s.good()
			s.equals(o.Site, ids)
		})
	}
}

// R20: the same with work items. A member that is there twice, a number that is
// too big and the text NaN are no trouble at all.
func TestR20OddWorkItems(t *testing.T) {
	deep := strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)
	for name, c := range map[string]struct {
		to     string
		broken bool
	}{
		"10,000 levels": {deep, true},
		"no JSON":       {`NaN`, true},
		"twice":         {`"one","System.Title":"two"`, false},
		"NaN":           {`"NaN"`, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newAzureSite(t, azuresim.Settings{}, azuredevops.Settings{BatchSize: 5}, workItems(t, "Shop", 12))
			ids := s.world.IDs()
			must(t, s.world.SetField(ids[2], "System.Title", "POISON"))
			s.world.Faults().Add(simulator.Rule{Swap: map[string]string{`"POISON"`: c.to}})
			o := s.good()
			if (len(o.Pull.Broken) > 0) != c.broken || o.Complete() == c.broken {
				t.Errorf("broken %v, complete %t", o.Pull.Broken, o.Complete())
			}
			for n, id := range ids {
				if _, ok := s.stored(unique(o.Site.ID, id)); ok == (n == 2 && c.broken) {
					t.Errorf("%d is stored: %t", id, ok)
				}
			}
			s.world.Faults().Clear()
			s.clock.move(25 * time.Hour)
			must(t, s.world.AddTag(ids[2], "again"))
			s.good()
			s.equals(o.Site, s.ids(o.Site))
		})
	}
}

// corpus is what people and broken programs put into texts, as JSON sends it.
func corpus() map[string]string {
	return map[string]string{
		"invalid UTF-8":    "caf\xe9 \xff\xfe",
		"lone surrogate":   `a \ud800 b \udfff`,
		"NUL":              `a \u0000 b`,
		"BiDi":             "\u202egnp.exe\u202c \u2066x\u2069",
		"emoji":            "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
		"combining":        "z" + strings.Repeat("\u0301", 1<<19),
		"line separators":  "a\u2028b\u2029c\u0085d",
		"private use":      "\ue000\U0010fffd\ufffe",
		"escaped control":  `a \u001b[31m \u0007 b`,
		"replacement char": "\ufffd",
	}
}

// R21: hostile texts in titles, descriptions, labels and tags come out as texts
// that every store can hold, and the same on every reading: an issue that is
// read again has not changed.
func TestR21HostileTexts(t *testing.T) {
	names, swap := []string{}, map[string]string{}
	for name, bytes := range corpus() {
		names = append(names, name)
		swap["POISON-"+fmt.Sprint(len(names))+"-"] = bytes
	}
	// Combining marks are no label: no tracker takes so long a one.
	label := func(n int) string { return strings.Repeat("L", min(1, n)) + fmt.Sprintf("POISON-%d-", n+1) }
	texts := func(f backlog.Family) string { return fmt.Sprintf("%q %q %q", f.Title, f.Body, f.Labels) }
	check := func(t *testing.T, h *house, ids []backlog.ItemID) map[backlog.ItemID]string {
		t.Helper()
		before := map[backlog.ItemID]string{}
		for n, id := range ids {
			f, ok := h.stored(id)
			whole := f.Title + f.Body + strings.Join(f.Labels, "")
			if !ok || strings.Contains(whole, "\x00") || strings.Contains(whole, "POISON") || !utf8.ValidString(whole) {
				t.Errorf("%s: stored %t as %.200s", names[n], ok, texts(f))
			}
			before[id] = texts(f)
		}
		return before
	}
	t.Run("jira", func(t *testing.T) {
		s := newJiraSite(t, jirasim.Settings{}, jira.Settings{}, func(w *jirasim.World) {
			w.AddProject(jirasim.Project{Key: "SHOP"})
			for n := range names {
				text := fmt.Sprintf("POISON-%d-", n+1)
				more := map[string]any{"description": text}
				if names[n] != "combining" {
					more["labels"] = []any{label(n)}
				}
				issue(w, "SHOP", text, more)
			}
		})
		for _, key := range s.world.Keys() { // so that every poll reads them again
			must(t, s.world.Human("").Redate(key, s.clock.Now()))
		}
		s.world.Faults().Add(simulator.Rule{Swap: swap})
		ids := s.ids(s.good().Site)
		check(t, s.house, ids)
		for range 3 {
			if o := s.good(); o.Pull.Changes.Same != len(ids) || o.Pull.Changes.Changed+o.Pull.Changes.New+o.Pull.Changes.Broken != 0 {
				t.Errorf("nothing was edited, and %+v", o.Pull.Changes)
			}
		}
	})
	t.Run("azure", func(t *testing.T) {
		s := newAzureSite(t, azuresim.Settings{}, azuredevops.Settings{}, func(w *azuresim.World) {
			must(t, w.AddProject(azuresim.Project{Name: "Shop", Process: "Agile"}))
			for n := range names {
				text := fmt.Sprintf("POISON-%d-", n+1)
				more := map[string]any{"System.Description": text}
				if names[n] != "combining" {
					more["System.Tags"] = label(n)
				}
				workItem(t, w, "Shop", text, more)
			}
		})
		s.world.Faults().Add(simulator.Rule{Swap: swap})
		ids := s.ids(s.good().Site)
		before := check(t, s.house, ids)
		for _, id := range s.world.IDs() { // read again by the feed, with a revision that says nothing of them
			must(t, s.world.SetField(id, "System.History", "a word"))
		}
		s.good()
		for n, id := range ids {
			if f, _ := s.stored(id); texts(f) != before[id] {
				t.Errorf("%s became %.200s, was %.200s", names[n], texts(f), before[id])
			}
		}
		if o := s.good(); o.Pull.Changes.Changed != 0 {
			t.Errorf("nothing was edited, and %+v", o.Pull.Changes)
		}
	})
}
