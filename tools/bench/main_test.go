package main

import (
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

func TestLinesOfTheProgramAreRead(t *testing.T) {
	for line, want := range map[string]event{
		"13:34:14 DBG part of a pass ended part=read took=23.9s changed=10000":                 {name: read, took: 23900 * time.Millisecond, changed: 10000},
		"13:34:14 DBG part of a pass ended part=judge took=2ms subjects=7":                     {name: judged, took: 2 * time.Millisecond, subjects: 7},
		`13:34:14 DBG part of a pass ended part="look at hints" took=1ms changed=1 subjects=3`: {name: hinted, took: time.Millisecond, changed: 1, subjects: 3},
		"13:34:14 INF running connections=1 poll=1s health=http://127.0.0.1:80/healthz":        {name: listening, address: "http://127.0.0.1:80"},
	} {
		if got, ok := parseEvent(line); !ok || got != want {
			t.Errorf("%s: %+v", line, got)
		}
	}
	if e, ok := parseEvent("13:34:14 DBG tracker answered method=GET path=/x"); ok {
		t.Errorf("%+v", e)
	}
}

func TestRequestsAreCountedByWhatTheyAreFor(t *testing.T) {
	const search, counts = "/rest/api/3/search/jql", "/rest/api/3/search/approximate-count"
	got := backfillRequests([]request{
		{Path: "/rest/api/3/field"}, {Path: counts}, {Path: search, Body: `{"jql":"x","maxResults":1}`},
		{Path: search, Body: `{"jql":"x","maxResults":100}`}, {Path: search, Body: `{"jql":"x","maxResults":100}`}, {Path: counts},
		{Path: search, Body: `{"jql":"x","maxResults":5000}`}, {Path: "/rest/api/3/changelog/bulkfetch"}, {Path: "/shop/_apis/wit/workItems/3/updates"},
		{Path: "/shop/_apis/wit/wiql"}, {Path: "/shop/_apis/wit/workitemsbatch"}, {Path: "/shop/_apis/wit/wiql"},
	})
	for what, want := range map[string]int{start: 3, page: 4, census: 3, past: 2} {
		if len(got[what]) != want {
			t.Errorf("%s: %d, want %d", what, len(got[what]), want)
		}
	}
	if fewest(jira, 100_001) != 1001 || fewest(azure, 100_000) != 505 {
		t.Errorf("fewest: %d, %d", fewest(jira, 100_001), fewest(azure, 100_000))
	}
}

func TestPartsCostWhatWasUsedSinceTheOneBefore(t *testing.T) {
	p := pass{{name: described, spent: time.Second}, {name: read, spent: 4 * time.Second}, {name: lastPart, spent: 5 * time.Second}}
	if p.spent(read) != 3*time.Second || p.spent("nothing") != 0 || p.end() != 5*time.Second {
		t.Errorf("%s, %s, %s", p.spent(read), p.spent("nothing"), p.end())
	}
}

func TestTheTableTellsWhatIsMet(t *testing.T) {
	var out strings.Builder
	err := writeTable(&out, []row{
		{measure: "slow", figure: 250, target: 200, unit: " µs"},
		{measure: "quick", figure: 40_000, target: 20_000, least: true, note: "so"},
	}, occasion{began: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), quiet: []time.Duration{time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"2026-11-24,", "| slow | 250 µs | ≤ 200 µs | 1.25 | **missed** |  |\n", "| quick | 40,000 | ≥ 20,000 | 0.50 | met | so |\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}

func TestProcessorTimeGoesOnWithWork(t *testing.T) {
	before, err := processorTime(os.Getpid())
	if err != nil {
		t.Skip(err)
	}
	x := 0.0
	for began := time.Now(); time.Since(began) < 20*time.Millisecond; {
		x += math.Sqrt(x + 1)
	}
	after, err := processorTime(os.Getpid())
	if err != nil || after-before < time.Millisecond || after-before > time.Minute {
		t.Errorf("%s after %s: %v, %v", after, before, err, x)
	}
}
