package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

func TestPassesAreForgottenAfterNinetyDaysButForTheLast(t *testing.T) {
	w := newWorld(t)
	count := func(table string) int {
		n, err := store.RawValue[int](w.ctx(), w.DB, `SELECT COUNT(*) FROM `+table)
		w.must(err)
		return n
	}
	pass := func(connection string) {
		id, err := w.BeginPass(w.ctx(), connection, jira)
		w.must(err)
		w.must(w.EndPass(w.ctx(), backlog.PassRecord{ID: id, Connection: connection, Ended: w.now, Coverage: []backlog.Coverage{
			{Connection: connection, Project: "SHOP", State: backlog.Complete, Missing: 2, Departed: 3},
		}}))
	}
	pass("platform")
	for range 5 {
		pass("shop")
		w.now = w.now.Add(24 * time.Hour)
	}
	_, err := w.BeginPass(w.ctx(), "shop", jira) // and was killed
	w.must(err)
	w.now = w.now.Add(86 * 24 * time.Hour)
	pass("shop")
	if count("pass") != 7 || count("coverage") != 6 {
		t.Errorf("%d passes, %d coverages are left", count("pass"), count("coverage"))
	}
	w.now = w.now.Add(100 * 24 * time.Hour)
	pass("shop")
	last, err := w.LastPasses(w.ctx())
	w.must(err)
	if count("pass") != 2 || len(last) != 2 || last["shop"].Coverage[0].Missing != 2 || last["shop"].Coverage[0].Departed != 3 {
		t.Errorf("%d passes are left, the last %+v", count("pass"), last)
	}
}

func TestACensusIsComparedByIdentity(t *testing.T) {
	w := newWorld(t)
	w.page(story(jira, "1", 1), story(jira, "2", 1), story(jira, "3", 1))
	project := backlog.ProjectID{Site: jira, ID: "10"}
	id := func(n string) backlog.ItemID { return backlog.ItemID{Site: jira, ID: n} }
	_, err := w.NoteUnseen(w.ctx(), "shop", backlog.Unseen{Project: project, Missing: []backlog.ItemID{id("3")}, At: w.now, Censuses: 3, Over: time.Hour})
	w.must(err)
	got, err := w.Compare(w.ctx(), project, []string{"9", "2", "9"})
	w.must(err)
	want := backlog.Comparison{Held: 2, Lacking: []backlog.ItemID{id("9")}, Absent: []backlog.ItemID{id("1")}, Still: []backlog.ItemID{id("3")}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("comparison (-want +got):\n%s", diff)
	}
	got, err = w.Compare(w.ctx(), project, []string{"1", "2", "3"})
	w.must(err)
	if len(got.Absent)+len(got.Still) != 0 || len(got.Lacking) != 1 || got.Lacking[0] != id("3") {
		t.Errorf("a missing item that is listed again has to be fetched: %+v", got)
	}
}
