package reliability

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

const signIn = "<!DOCTYPE html><html><title>Sign in</title></html>"

// H11, H13, H14: what is no answer is not taken for an empty one. The store stays
// as it was, no mark moves, nobody is missed, and the cause is told apart.
func TestH11H13H14WhatIsNoAnswerChangesNothing(t *testing.T) {
	html := map[string]string{"Content-Type": "text/html"}
	json := map[string]string{"Content-Type": "application/json"}
	for name, c := range map[string]struct {
		rule    simulator.Rule
		refused bool // the credentials are
	}{
		"H11 redirect to sign-in": {simulator.Rule{Status: 302, Header: map[string]string{"Location": "/login"}, Body: signIn}, false},
		"H13 203 with a page":     {simulator.Rule{Status: 203, Header: html, Body: signIn}, true},
		"H13 401":                 {simulator.Rule{Status: 401, Header: json, Body: `{}`}, true},
		"H14 200 with a page":     {simulator.Rule{Status: 200, Header: html, Body: signIn}, true},
		"H14 page called JSON":    {simulator.Rule{Status: 200, Header: json, Body: signIn}, true},
		"H14 JSON called a page":  {simulator.Rule{ContentType: "text/plain"}, false},
		"H14 nothing":             {simulator.Rule{Status: 200, Header: json}, false},
		"H14 204":                 {simulator.Rule{Status: 204}, false},
		"H14 another object":      {simulator.Rule{Status: 200, Header: json, Body: `{}`}, false},
		"H14 null":                {simulator.Rule{Status: 200, Header: json, Body: `null`}, false},
	} {
		t.Run(name, func(t *testing.T) {
			tellsApart := func(o error) {
				t.Helper()
				if o == nil || c.refused && !errors.Is(o, backlog.ErrUnauthorized) {
					t.Errorf("the pass ended with %v", o)
				}
			}
			t.Run("jira", func(t *testing.T) {
				s := newJiraSite(t, jirasim.Settings{}, jira.Settings{}, stories("SHOP", 20))
				site := s.good().Site
				s.clock.move(25 * time.Hour) // a census is due
				mark := fmt.Sprint(s.mark(site))
				s.world.Faults().Add(c.rule)
				for range 2 {
					tellsApart(s.pass().Err)
					s.clock.move(25 * time.Hour)
				}
				s.untouched(site, mark, 20)
				s.world.Faults().Clear()
				s.good()
				s.equals(site, s.ids(site))
			})
			t.Run("azure", func(t *testing.T) {
				s := newAzureSite(t, azuresim.Settings{}, azuredevops.Settings{}, workItems(t, "Shop", 20))
				site := s.good().Site
				s.clock.move(25 * time.Hour)
				mark := fmt.Sprint(s.mark(site))
				s.world.Faults().Add(c.rule)
				for range 2 {
					tellsApart(s.pass().Err)
					s.clock.move(25 * time.Hour)
				}
				s.untouched(site, mark, 20)
				s.world.Faults().Clear()
				s.good()
				s.equals(site, s.ids(site))
			})
		})
	}
}

// H15: an answer that was cut, wherever that was, is not taken in part: an issue
// is either as it was or as it is. What was passed over meanwhile because it
// could not be read is read afterwards, without a census.
func TestH15ACutPageIsNotTakenInPart(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{PageSize: 3}, stories("SHOP", 6))
	s.blindly()
	site := s.good().Site
	cut := 0
	for bytes := 1; bytes < 2600; bytes += 97 {
		was, is := fmt.Sprint("edit ", bytes-97), fmt.Sprint("edit ", bytes)
		for _, key := range s.world.Keys() {
			must(t, s.world.Human("").SetField(key, "summary", is))
			must(t, s.world.Human("").SetField(key, "description", is))
		}
		s.clock.move(2 * overlap) // no later poll reads them again by itself
		s.world.Faults().Add(simulator.Rule{Path: "/search/jql|/issue", Truncate: bytes})
		if o := s.pass(); o.Err != nil || len(o.Pull.Broken) > 0 {
			cut++
		}
		for _, id := range s.ids(site) {
			if f, _ := s.stored(id); f.Title != f.Body && f.Body != "" || f.Title != was && f.Title != is && bytes > 1 {
				t.Errorf("%d bytes: %s is %q %q", bytes, f.Key, f.Title, f.Body)
			}
		}
		s.world.Faults().Clear()
		s.clock.move(2 * time.Minute)
		s.good()
		s.equals(site, s.ids(site))
	}
	if cut < 5 {
		t.Errorf("only %d passes met a cut answer", cut)
	}
}

// H04: half of all reads are refused for a while. The backfill ends all the same
// or goes on with the next pass, and what it brings is whole.
func TestH04ABurstOfRefusals(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{Seed: 4}, jira.Settings{PageSize: 4}, stories("SHOP", 40))
	s.world.Faults().Add(simulator.Rule{Status: 503, Chance: 0.5, Times: 60})
	passes := 0
	for ; s.pass().Err != nil; passes++ {
		s.clock.move(time.Minute)
		if passes > 100 {
			t.Fatal("the backfill never ended")
		}
	}
	s.world.Faults().Clear()
	read := 0
	for _, e := range s.world.Truth().Entries() {
		if e.Status == 200 && strings.HasSuffix(e.Path, "/search/jql") {
			read++
		}
	}
	t.Logf("%d passes failed, %d requests, %d pages of stories", passes, len(s.world.Truth().Entries()), read)
	if passes == 0 || read > 12 { // ten pages, and what changed since
		t.Errorf("%d passes failed, and %d pages were read: none goes on where the one before stopped", passes, read)
	}
	s.clock.move(25 * time.Hour)
	site := s.good().Site
	s.equals(site, s.ids(site))
}

// H23: the token is revoked in mid-pass, from the third page on. The pass ends
// as incomplete and nobody is missed; with a good token reading goes on at the
// page where it stopped.
func TestH23ATokenRevokedInMidPass(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{PageSize: 4}, stories("SHOP", 40))
	site := s.good().Site
	s.clock.move(25 * time.Hour)
	for _, key := range s.world.Keys() {
		must(t, s.world.Human("").SetField(key, "summary", "edited"))
	}
	mark, read := fmt.Sprint(s.mark(site)), searches(s.world)
	s.world.Faults().Add(simulator.Rule{Path: "/search/jql", From: 3, Status: 401, Header: map[string]string{"Content-Type": "application/json"}, Body: `{}`})
	for range 3 {
		o := s.pass()
		if !errors.Is(o.Err, backlog.ErrUnauthorized) || o.Complete() {
			t.Errorf("the pass ended with %v", o.Err)
		}
		s.clock.move(25 * time.Hour)
	}
	if n := searches(s.world) - read; n != 2+3 {
		t.Errorf("%d searches: a refused token is tried once a pass", n)
	}
	s.untouched(site, mark, 40)
	edited := 0
	for _, id := range s.ids(site) {
		if f, _ := s.stored(id); f.Title == "edited" {
			edited++
		}
	}
	if edited != 8 {
		t.Errorf("two pages of 4 were read, and %d issues are stored as edited", edited)
	}
	s.world.Faults().Clear()
	s.blindly()
	read = searches(s.world)
	s.good()
	if n := searches(s.world) - read; n != 8 {
		t.Errorf("%d searches for the other 8 pages", n)
	}
	s.equals(site, s.ids(site))
}

// R25: search has been removed. It is asked for no more than once a pass in each
// of its forms, never again and again, the connection says why it is not
// complete, and nobody is missed.
func TestR25ARemovedSearch(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{}, stories("SHOP", 10))
	site := s.good().Site
	mark := fmt.Sprint(s.mark(site))
	s.world.Faults().Add(simulator.Rule{Path: "/search/", Status: 410, Header: map[string]string{"Content-Type": "application/json"}, Body: `{"errorMessages":["The requested API has been removed."]}`})
	before := len(s.world.Truth().Entries())
	for range 5 {
		s.clock.move(25 * time.Hour)
		o := s.pass()
		if o.Err == nil || o.Complete() || !strings.Contains(o.Err.Error(), "removed") {
			t.Errorf("the pass ended with %v", o.Err)
		}
	}
	asked := map[string]int{} // what is removed is not asked for again for ten minutes of real time
	for _, e := range s.world.Truth().Entries()[before:] {
		if strings.Contains(e.Path, "/search/") {
			asked[e.Method+" "+e.Path]++
		}
	}
	for what, n := range asked {
		if n > 1 {
			t.Errorf("%s was asked for %d times in five passes", what, n)
		}
	}
	if len(asked) == 0 {
		t.Error("nobody searched")
	}
	s.untouched(site, mark, 10)
}
