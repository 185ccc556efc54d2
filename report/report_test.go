package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/report"
	"github.com/trackwarden/trackwarden/store"
)

// week is a store with judged items, on a clock that is moved by hand.
type week struct {
	t    *testing.T
	now  time.Time
	db   *store.DB
	site backlog.SiteID
}

func newWeek(t *testing.T) *week {
	t.Helper()
	w := &week{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), site: "jira:1"}
	db, err := store.Open(t.Context(), store.Settings{Path: filepath.Join(t.TempDir(), "test.db")}, func() time.Time { return w.now }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w.db = db
	w.must(db.PinSite(t.Context(), "shop", backlog.Site{ID: w.site, Projects: []backlog.Project{{ID: "1", Key: "SHOP"}}}))
	return w
}

func (w *week) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// read commits items and closes a pass with that coverage.
func (w *week) read(state backlog.CoverageState, items ...backlog.Item) {
	w.t.Helper()
	ctx := w.t.Context()
	w.must(w.db.BeginRound(ctx, w.site, []backlog.Sweep{{Name: "all", Position: "0"}}))
	_, err := w.db.CommitPage(ctx, "shop", w.site, "all", backlog.Page{Items: items, Position: "1", Last: true, Mark: backlog.Mark{"all": "1"}})
	w.must(err)
	w.must(w.db.EndRound(ctx, w.site))
	pass, err := w.db.BeginPass(ctx, "shop", w.site)
	w.must(err)
	cover := backlog.Coverage{Connection: "shop", Project: "SHOP", Seen: len(items), Expected: len(items), Basis: "census", State: state, AsOf: w.now}
	if state != backlog.Complete {
		cover.Expected, cover.Reason = 10, "pages are missing"
	}
	w.must(w.db.EndPass(ctx, backlog.PassRecord{ID: pass, Connection: "shop", Site: w.site, Ended: w.now, Coverage: []backlog.Coverage{cover}}))
}

func item(n int, level backlog.Level) backlog.Item {
	return backlog.Item{
		ID: backlog.ItemID{Site: "jira:1", ID: fmt.Sprint(n)}, Key: fmt.Sprintf("SHOP-%d", n), Title: fmt.Sprintf("Title %d", n), Type: "Story",
		URL: fmt.Sprintf("https://shop.example/browse/SHOP-%d", n), Level: level, Project: backlog.Project{ID: "1", Key: "SHOP"},
		State: backlog.State{Category: backlog.ToDo}, Created: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Changed: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
		Components: []string{"Checkout"},
	}
}

// judge saves one verdict of each policy on an item; failing ones open a
// finding unless it is open.
func (w *week) judge(it backlog.Item, verdicts map[string]backlog.Verdict) {
	w.t.Helper()
	subject := backlog.Subject{Kind: backlog.ItemSubject, ID: it.ID.String()}
	open, err := w.db.OpenFindings(w.t.Context(), []backlog.Subject{subject})
	w.must(err)
	judged := backlog.Judged{Judgement: backlog.Judgement{Subject: subject, Today: "2026-11-24"}, At: w.now}
	for policy, verdict := range verdicts {
		judged.Judgement.Outcomes = append(judged.Judgement.Outcomes, backlog.PolicyOutcome{Policy: policy, Verdict: verdict, Severity: backlog.Warning, Cause: "because"})
		var known *backlog.Finding
		for i := range open[subject] {
			if open[subject][i].Policy == policy {
				known = &open[subject][i]
			}
		}
		switch {
		case verdict == backlog.Fail && known == nil:
			judged.Opened = append(judged.Opened, backlog.Finding{Subject: subject, Policy: policy, Fingerprint: policy, Evidence: map[string]any{}, Message: "It is so.", Severity: backlog.Warning, Opened: w.now})
		case verdict == backlog.Pass && known != nil:
			judged.Closed = append(judged.Closed, known.ID)
		}
	}
	w.must(w.db.SaveJudgements(w.t.Context(), []backlog.Judged{judged}))
}

func settings() report.Settings {
	return report.Settings{
		Connections: []string{"shop"}, Zone: time.UTC,
		Organisation: backlog.Organisation{
			Trains: []backlog.Train{{Name: "Retail", Increments: []backlog.Increment{{Name: "PI 26.4", Start: "2026-10-05", End: "2026-12-13"}}}},
			Teams:  []backlog.Team{{Name: "Checkout", Train: "Retail", Match: []backlog.Match{{Component: "Checkout"}}}},
		},
		Policies: []report.Rule{
			{ID: "story/a", Title: "No criteria", Remedy: "Two checks.", Practice: "readiness", Severity: backlog.Warning},
			{ID: "story/b", Title: "No owner", Remedy: "Somebody.", Practice: "execution", Severity: backlog.Warning},
		},
	}
}

func (w *week) build(s report.Settings) report.Report {
	w.t.Helper()
	r, err := report.Build(w.t.Context(), w.db, s, w.now)
	w.must(err)
	return r
}

// An exemption makes no score better.
func TestTheScoreCountsWhatIsUnknownAndNotWhatIsSkipped(t *testing.T) {
	w := newWeek(t)
	items := []backlog.Item{item(1, backlog.Story), item(2, backlog.Story), item(3, backlog.Story), item(4, backlog.Story)}
	done := item(5, backlog.Story)
	done.State.Category = backlog.Done
	w.read(backlog.Complete, append(items, done)...)
	w.judge(items[0], map[string]backlog.Verdict{"story/a": backlog.Pass, "story/b": backlog.Skipped})
	w.judge(items[1], map[string]backlog.Verdict{"story/a": backlog.Fail, "story/b": backlog.Exempt})
	w.judge(items[2], map[string]backlog.Verdict{"story/a": backlog.Undecidable, "story/b": backlog.Skipped})
	w.judge(items[3], map[string]backlog.Verdict{"story/a": backlog.Pass, "story/b": backlog.Skipped})
	w.judge(done, map[string]backlog.Verdict{"story/a": backlog.Fail})
	r := w.build(settings())
	if r.All.Score != 40 || r.All.Items != 4 || r.Teams[0].Score != 40 || r.Trains[0].Score != 40 || r.All.Open != 1 {
		t.Errorf("all %+v, team %+v", r.All, r.Teams[0].Group)
	}
	if p := r.Policies[0]; p.Pass != 2 || p.Fail != 1 || p.Unknown != 1 || len(p.Why) != 1 || p.Why[0] != (report.Cause{Text: "because", Count: 1}) {
		t.Errorf("policy %+v", p)
	}
}

func TestWhatIsNewFixedAndAgeing(t *testing.T) {
	w := newWeek(t)
	a, b, c := item(1, backlog.Story), item(2, backlog.Story), item(3, backlog.Story)
	w.now = w.now.AddDate(0, 0, -20)
	w.read(backlog.Complete, a, b, c)
	w.judge(a, map[string]backlog.Verdict{"story/a": backlog.Fail})
	w.judge(b, map[string]backlog.Verdict{"story/a": backlog.Fail})
	w.now = w.now.AddDate(0, 0, 13)
	w.build(settings()) // last week's report keeps the snapshot
	w.now = w.now.AddDate(0, 0, 7)
	w.judge(b, map[string]backlog.Verdict{"story/a": backlog.Pass})
	w.judge(c, map[string]backlog.Verdict{"story/b": backlog.Fail, "story/a": backlog.Pass})
	w.read(backlog.Complete, a, b, c)
	r := w.build(settings())
	g := r.Teams[0].Group
	if g.New != 1 || g.Fixed != 1 || g.Open != 2 || g.Ageing != 1 || g.Before == nil || *g.Before != 0 || g.Score != 50 || g.Change() != "+50" {
		t.Errorf("group %+v, change %s", g, g.Change())
	}
	if g.Colour != "" {
		t.Errorf("a colour needs four weeks and twenty items, got %s", g.Colour)
	}
}

func TestColourComesWithFourWeeksAndTwentyItems(t *testing.T) {
	w := newWeek(t)
	var items []backlog.Item
	for n := range 20 {
		items = append(items, item(n+1, backlog.Story))
	}
	w.read(backlog.Complete, items...)
	for n, it := range items {
		verdict := backlog.Pass
		if n < 4 {
			verdict = backlog.Fail
		}
		w.judge(it, map[string]backlog.Verdict{"story/a": verdict})
	}
	for week := range 4 {
		r := w.build(settings())
		want := ""
		if week == 3 {
			want = "amber"
		}
		if r.All.Colour != want || r.All.Score != 80 {
			t.Errorf("week %d: %+v", week+1, r.All)
		}
		w.now = w.now.AddDate(0, 0, 7)
	}
}

func TestAReportNeverLooksGreenerThanItsData(t *testing.T) {
	w := newWeek(t)
	s := settings()
	s.Connections = []string{"shop", "platform"}
	w.read(backlog.Suspect, item(1, backlog.Story))
	r := w.build(s)
	text := fmt.Sprint(r.Partial)
	if !strings.Contains(text, "platform has never been read") || !strings.Contains(text, "pages are missing") || r.Coverage[0].Percent != 10 {
		t.Errorf("partial %v, coverage %+v", r.Partial, r.Coverage)
	}
	for name, render := range map[string]func(io.Writer, report.Report) error{"HTML": report.HTML, "Markdown": report.Markdown} {
		var page strings.Builder
		if err := render(&page, r); err != nil || strings.Contains(page.String(), "Nothing to do. Thank you.") {
			t.Errorf("%s says that nothing is to do: %v", name, err)
		}
	}
	w.read(backlog.Complete, item(1, backlog.Story))
	w.now = w.now.AddDate(0, 0, 3)
	if r := w.build(settings()); len(r.Partial) != 1 || !strings.Contains(r.Partial[0], "3 days old") {
		t.Errorf("old data must say so: %v", r.Partial)
	}
}

func TestExemptionsInForceUnusedAndEnded(t *testing.T) {
	w := newWeek(t)
	a := item(1, backlog.Story)
	w.read(backlog.Complete, a)
	w.judge(a, map[string]backlog.Verdict{"story/a": backlog.Exempt})
	s := settings()
	s.Exemptions = []report.Exemption{
		{Policy: "story/a", Item: "SHOP-1", Owner: "olga", Reason: "seasonal", Until: "2026-12-31"},
		{Policy: "story/b", Item: "SHOP-1", Owner: "olga", Reason: "seasonal", Until: "2026-12-31"},
		{Policy: "story/a", Item: "SHOP-9", Owner: "olga", Reason: "seasonal", Until: "2026-11-23"},
	}
	r := w.build(s)
	for i, want := range []string{"in force", "unused", "ended"} {
		if r.Exempt[i].State != want {
			t.Errorf("exemption %d is %q, want %q", i, r.Exempt[i].State, want)
		}
	}
}

func TestFeaturesCountTheirReadyStories(t *testing.T) {
	w := newWeek(t)
	feature, ready, bad := item(1, backlog.Feature), item(2, backlog.Story), item(3, backlog.Story)
	parent := &backlog.Ref{ID: feature.ID, Key: feature.Key}
	ready.Parent, bad.Parent = parent, parent
	next := backlog.Iteration{ID: "49", Name: "Sprint 49", State: "future"}
	ready.Iterations, bad.Iterations = []backlog.Iteration{next}, []backlog.Iteration{next}
	w.read(backlog.Complete, feature, ready, bad)
	w.judge(feature, map[string]backlog.Verdict{"story/b": backlog.Fail})
	w.judge(ready, map[string]backlog.Verdict{"story/a": backlog.Pass})
	w.judge(bad, map[string]backlog.Verdict{"story/a": backlog.Fail})
	team := w.build(settings()).Teams[0]
	if len(team.Features) != 1 || team.Features[0].Ready != 1 || team.Features[0].Stories != 2 || fmt.Sprint(team.Features[0].Risks) != "[No owner]" {
		t.Errorf("features %+v", team.Features)
	}
	if team.Next == nil || *team.Next != (report.Readiness{Iteration: "Sprint 49", Ready: 1, Stories: 2}) {
		t.Errorf("next iteration %+v", team.Next)
	}
}

func TestHostileTextStaysText(t *testing.T) {
	w := newWeek(t)
	a := item(1, backlog.Story)
	a.Title = "<script>alert(1)</script> [x](javascript:alert(1)) | ![](http://evil.example/p.png) @all \x1b[31mred\u202e"
	a.URL = "javascript:alert(1)"
	w.read(backlog.Complete, a)
	w.judge(a, map[string]backlog.Verdict{"story/a": backlog.Fail})
	r := w.build(settings())
	var html, markdown, encoded bytes.Buffer
	w.must(report.HTML(&html, r))
	w.must(report.Markdown(&markdown, r))
	w.must(report.JSON(&encoded, r))
	for _, bad := range []string{"<script>alert", "href=\"javascript", "\x1b"} {
		if strings.Contains(html.String(), bad) || strings.Contains(markdown.String(), "](<javascript") || strings.Contains(markdown.String(), "\x1b") {
			t.Errorf("%q is in a report", bad)
		}
	}
	if !strings.Contains(markdown.String(), `\<script\>`) || !strings.Contains(markdown.String(), `\| !\[\](`) {
		t.Errorf("Markdown is not escaped:\n%s", markdown.String())
	}
	var back report.Report
	w.must(json.Unmarshal(encoded.Bytes(), &back))
	if back.First[0].Title != a.Title && !strings.Contains(back.First[0].Title, "<script>") {
		t.Errorf("JSON keeps the text as it is, got %q", back.First[0].Title)
	}
}
