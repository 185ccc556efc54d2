package store_test

import (
	"errors"
	"maps"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

func TestRoundResumesAfterReopening(t *testing.T) {
	w := newWorld(t)
	w.must(w.BeginRound(w.ctx(), jira, []backlog.Sweep{{Name: "b", Position: "b0"}, {Name: "a", Position: "a0"}}))
	commit := func(sweep string, page backlog.Page) {
		t.Helper()
		_, err := w.CommitPage(w.ctx(), "shop", jira, sweep, page)
		w.must(err)
	}
	commit("b", backlog.Page{Items: []backlog.Item{story(jira, "1", 0)}, Position: "b1"})
	w.reopen()
	open, mark, err := w.Round(w.ctx(), jira)
	w.must(err)
	equal(t, "open sweeps", open, []backlog.Sweep{{Name: "b", Position: "b1", Items: 1}, {Name: "a", Position: "a0"}})
	if len(mark) != 0 {
		t.Errorf("mark %v before any round was complete", mark)
	}
	commit("a", backlog.Page{Position: "a9", Last: true, Mark: backlog.Mark{"a": "1", "both": "a"}})
	open, _, err = w.Round(w.ctx(), jira)
	w.must(err)
	equal(t, "open sweeps", open, []backlog.Sweep{{Name: "b", Position: "b1", Items: 1}})
	if err := w.EndRound(w.ctx(), jira); !errors.Is(err, store.ErrRoundOpen) {
		t.Fatalf("a round ended with an open sweep: %v", err)
	}
	commit("b", backlog.Page{Last: true, Mark: backlog.Mark{"b": "1"}})
	w.must(w.EndRound(w.ctx(), jira))

	w.must(w.BeginRound(w.ctx(), jira, []backlog.Sweep{{Name: "a", Position: "a0"}}))
	_, mark, err = w.Round(w.ctx(), jira)
	w.must(err)
	if want := (backlog.Mark{"a": "1", "b": "1", "both": "a"}); !maps.Equal(mark, want) {
		t.Errorf("mark %v, want %v", mark, want)
	}
	commit("a", backlog.Page{Last: true, Mark: backlog.Mark{"a": "2"}})
	w.reopen() // as if killed just before the end of the round
	open, mark, err = w.Round(w.ctx(), jira)
	w.must(err)
	if want := (backlog.Mark{"a": "2", "b": "1", "both": "a"}); len(open) != 0 || !maps.Equal(mark, want) {
		t.Errorf("open %v, mark %v, want none and %v", open, mark, want)
	}
}

func TestAPageWithoutItsSweepIsNotStored(t *testing.T) {
	w := newWorld(t)
	page := backlog.Page{Items: []backlog.Item{story(jira, "1", 0)}, Position: "1"}
	if _, err := w.CommitPage(w.ctx(), "shop", jira, "all", page); err == nil {
		t.Fatal("a page of a sweep that is not open was stored")
	}
	w.must(w.BeginRound(w.ctx(), jira, []backlog.Sweep{{Name: "other", Position: "0"}}))
	if _, err := w.CommitPage(w.ctx(), "shop", jira, "all", page); err == nil {
		t.Fatal("a page of a replaced round was stored")
	}
	lacking, err := w.NotStored(w.ctx(), []backlog.ItemID{page.Items[0].ID})
	w.must(err)
	if len(lacking) != 1 {
		t.Error("the items are there without the position behind them")
	}
}

func TestASitePinsItsConnection(t *testing.T) {
	w := newWorld(t)
	if err := w.PinSite(w.ctx(), "shop", backlog.Site{ID: "jira:other"}); err == nil {
		t.Error("another site was accepted")
	}
	if err := w.PinSite(w.ctx(), "shop2", backlog.Site{ID: jira}); err == nil {
		t.Error("a second connection to one site was accepted")
	}
	w.must(w.PinSite(w.ctx(), "shop", backlog.Site{ID: jira, Kind: "jira", Name: "Renamed", Account: backlog.Person{ID: "bot"}}))
	w.reopen()
	site, ok, err := w.Site(w.ctx(), "shop")
	w.must(err)
	if !ok || site.Name != "Renamed" || site.Account.ID != "bot" {
		t.Errorf("site %+v, %v", site, ok)
	}
	if _, ok, err := w.Site(w.ctx(), "never"); ok || err != nil {
		t.Errorf("a site never met: %v, %v", ok, err)
	}
	sites, err := w.Sites(w.ctx())
	w.must(err)
	if len(sites) != 2 || sites["platform"].ID != azure {
		t.Errorf("sites %v", sites)
	}
}
