package backlog_test

import (
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestSubstanceIgnoresOnlyWhatWeWrite(t *testing.T) {
	item := backlog.Item{Title: "Pay with one tap", Labels: []string{"a"}, Revision: "1"}
	ours := item
	ours.Labels, ours.Revision, ours.Changed = []string{"a", "hygiene"}, "2", time.Now()
	if item.SubstanceHash() != ours.SubstanceHash() {
		t.Error("a label, a time and a revision are not substance")
	}
	if item.ContentHash() == ours.ContentHash() {
		t.Error("a label is content")
	}
	theirs := item
	theirs.Title = "Pay with two taps"
	if item.SubstanceHash() == theirs.SubstanceHash() {
		t.Error("the title is substance")
	}
}

func TestLocateReadsAddressesOfASite(t *testing.T) {
	jira := backlog.Site{
		ID: "jira:1", Page: "https://shop.example/browse/{key}",
		Locators: []string{`(?i)^https://shop\.example/browse/(?P<key>[A-Z][A-Z0-9_]+-\d+)(?:[?#].*)?$`},
	}
	ref, ok := jira.Locate("https://SHOP.example/browse/shop-7?focusedId=1")
	if !ok || ref.Key != "SHOP-7" || ref.URL != "https://shop.example/browse/SHOP-7" {
		t.Errorf("got %+v, %v", ref, ok)
	}
	if _, ok := jira.Locate("https://other.example/browse/SHOP-7"); ok {
		t.Error("another host is not ours")
	}
}

func TestFirstTeamHasTheItem(t *testing.T) {
	org := backlog.Organisation{Teams: []backlog.Team{
		{Name: "Checkout", Match: []backlog.Match{{Connection: "shop", Project: "SHOP", Component: "Checkout"}, {Connection: "platform", Area: `Platform\Checkout`}}},
		{Name: "Everyone", Match: []backlog.Match{{Connection: "shop"}}},
	}}
	item := backlog.Item{Project: backlog.Project{Key: "shop"}, Components: []string{"checkout"}}
	teams := org.TeamsOf("shop", item)
	if len(teams) != 2 || teams[0].Name != "Checkout" {
		t.Errorf("got %v", teams)
	}
	below := backlog.Item{Area: `platform\checkout\Payments`}
	if teams := org.TeamsOf("platform", below); len(teams) != 1 {
		t.Errorf("an area below must fit, got %v", teams)
	}
	beside := backlog.Item{Area: `Platform\Checkout2`}
	if teams := org.TeamsOf("platform", beside); len(teams) != 0 {
		t.Errorf("an area beside must not fit, got %v", teams)
	}
}

func TestFingerprintHangsOnPolicyAndEvidenceOnly(t *testing.T) {
	a := backlog.Fingerprint("story/stale", map[string]any{"since": "2026-01-01", "b": 1})
	if a != backlog.Fingerprint("story/stale", map[string]any{"b": 1, "since": "2026-01-01"}) {
		t.Error("the order of evidence must not matter")
	}
	if a == backlog.Fingerprint("story/stale", map[string]any{"b": 1, "since": "2026-01-02"}) || a == backlog.Fingerprint("story/orphan", map[string]any{"b": 1, "since": "2026-01-01"}) {
		t.Error("other evidence or another policy is another finding")
	}
}

func TestPlanHashIgnoresTheIntent(t *testing.T) {
	plan := backlog.Plan{Changes: []backlog.Planned{{Change: backlog.Change{Key: "A-1", AddLabels: []string{"hygiene"}}}}}
	before := plan.Hash()
	plan.Changes[0].Intent = "x"
	if plan.Hash() != before {
		t.Error("the intent is not part of what is written")
	}
	plan.Changes[0].AddLabels = nil
	if plan.Hash() == before {
		t.Error("another change must have another hash")
	}
}
