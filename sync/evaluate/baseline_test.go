package evaluate_test

import (
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// What is planned is kept on the first run after planning has ended that can
// be trusted, and never again.
func TestABaselineIsFrozenOnceAndNotWhileInDoubt(t *testing.T) {
	w := setWorld(t)
	w.commit(bulky(0), bulky(1), bulky(10))
	baselines := func() []backlog.Baseline {
		all, err := w.Baselines(w.ctx())
		w.must(err)
		return all
	}
	w.scope.Doubt = map[backlog.Source]string{{Connection: "shop", Project: "SHOP"}: "the census failed"}
	w.run()
	if got := baselines(); len(got) != 0 {
		t.Fatalf("frozen in doubt: %+v", got)
	}
	w.scope.Doubt = nil
	w.run()
	first := baselines()
	if len(first) != 1 || first[0].Increment != "PI 26.4" || first[0].Train != "Retail" || first[0].Frozen != "2026-11-24" || len(first[0].Features) != 2 || first[0].Stories != 1 {
		t.Fatalf("got %+v", first)
	}
	w.commit(bulky(20))
	w.now = w.now.AddDate(0, 0, 1)
	w.run()
	w.must(w.FreezeBaseline(w.ctx(), backlog.Baseline{Train: "Retail", Increment: "PI 26.4", Frozen: "2026-11-30"}))
	if again := baselines(); len(again) != 1 || again[0].Frozen != "2026-11-24" || len(again[0].Features) != 2 {
		t.Errorf("it was written again: %+v", again)
	}
	w.now = time.Date(2026, 12, 14, 9, 0, 0, 0, time.UTC) // the first day of the next
	w.run()
	if all := baselines(); len(all) != 2 || all[1].Increment != "PI 27.1" {
		t.Errorf("got %+v", all)
	}
}

// A team that the settings do not name any more asks for nothing.
func TestFindingsOfATeamThatIsNoMoreAreClosed(t *testing.T) {
	w := setWorld(t)
	w.history(1)
	w.run()
	if len(w.open(backlog.TeamSubject, "Team 0")) == 0 {
		t.Fatal("nothing was found")
	}
	w.Settings.Organisation.Teams = w.Settings.Organisation.Teams[1:]
	w.run()
	if open := w.open(backlog.TeamSubject, "Team 0"); len(open) != 0 {
		t.Errorf("still open: %+v", open)
	}
}
