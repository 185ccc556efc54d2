package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/sync/plan"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// After a pass that wrote what was due, planning everything finds nothing left
// to write: what is not due need not be looked at.
func TestPlanningWhatIsDuePlansWhatPlanningEverythingWould(t *testing.T) {
	late := 0
	for seed := range uint64(4) {
		h, r := newHouse(t), rand.New(rand.NewPCG(seed, 4))
		var items []backlog.Item
		for n := range 12 {
			item := h.items()[1+n%2]
			item.ID.ID, item.Key = fmt.Sprint(10+n), fmt.Sprintf("SHOP-%d", 10+n)
			items = append(items, item)
		}
		h.tracker = memory.New(site(), h.clock, 5, append(h.items(), items...)...)
		h.people = h.tracker.Human()
		s := &h.r.Connections[0]
		s.Reader, s.Writer = h.tracker, h.tracker
		s.Plan.All, s.Plan.AfterCreation, s.Plan.AfterEdit = false, 20*time.Hour, 30*time.Minute
		s.Plan.Comment = plan.CommentRule{Errors: 1, Warnings: 1, OpenFor: 3 * time.Hour}
		for step := range 60 {
			h.now = h.now.Add(time.Duration(1+r.IntN(100)) * time.Minute)
			edited := r.IntN(3)
			for range edited {
				h.people.Change(fmt.Sprint(10+r.IntN(12)), func(i *backlog.Item) { h.rework(r, i) })
			}
			requests := h.pass().Writes.Requests
			if edited == 0 && requests > 0 {
				late++
			}
			all, err := h.r.Pass(t.Context(), reconcile.Plan, false)
			if err != nil {
				t.Fatal(err)
			}
			if left := all.Connections[0].Plan.Changes; len(left) > 0 {
				t.Fatalf("seed %d, step %d: %d were left, the first is %s: %v", seed, step, len(left), left[0].Key, left[0].Why)
			}
		}
	}
	if late < 10 {
		t.Errorf("time alone made only %d passes write", late)
	}
}

// rework is what people do to an item now and then.
func (h *house) rework(r *rand.Rand, i *backlog.Item) {
	switch r.IntN(5) {
	case 0:
		i.Text.Criteria = nil
	case 1:
		i.Text.Criteria = []string{"It works"}
	case 2:
		start := h.now.Add(time.Duration(r.IntN(96)-48) * time.Hour)
		i.Iterations = []backlog.Iteration{{ID: fmt.Sprint(r.IntN(3)), Name: "Sprint", Start: start, End: start.Add(48 * time.Hour)}}
	case 3:
		i.State.Category = []backlog.Category{backlog.ToDo, backlog.InProgress, backlog.Done}[r.IntN(3)]
	case 4:
		if len(i.Labels) > 0 {
			i.Labels = i.Labels[:len(i.Labels)-1]
		}
	}
}
