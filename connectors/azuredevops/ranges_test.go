package azuredevops

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
)

// Ranges follow each other without a gap, the last one has no end, and there
// are enough to keep every request that may be in flight busy.
func TestRangesCoverEveryID(t *testing.T) {
	for count := range 300 {
		count *= 1009
		var batches []int
		last, rnd := 0, rand.New(rand.NewPCG(1, uint64(count)))
		for n := 1; n <= count; n++ {
			if last += 1 + rnd.IntN(3); n%200 == 0 {
				batches = append(batches, last)
			}
		}
		spans := cutEvenly(batches, count, 200, 19000)
		from, items := 0, 0
		for i, s := range spans {
			if s.from != from || s.items > 19000 || (s.to == 0) != (i == len(spans)-1) {
				t.Fatalf("%d ids: ranges %+v", count, spans)
			}
			from, items = s.to, items+s.items
		}
		if items != count || count > 16000 && len(spans)%inFlight > 0 && len(spans)%inFlight < inFlight-2 {
			t.Fatalf("%d ids in %d ranges of %d items: %+v", count, len(spans), items, spans)
		}
	}
}

// A project of more items than a query may find is listed in ranges, and so is
// its census; nothing is refused on the way.
func TestR23MoreItemsThanAQueryFinds(t *testing.T) {
	const items = 20_400
	w, url := start(t, azuresim.Settings{})
	must(t, w.Generate(items, 7))
	tracker := connect(t, url, Settings{Projects: []string{"Generated"}, BatchSize: 200, RangeSize: maxRange})
	sweeps, err := tracker.Sweeps(t.Context(), nil)
	must(t, err)
	total, counted := 0, 0
	for _, s := range sweeps {
		var at position
		must(t, json.Unmarshal([]byte(s.Position), &at))
		total += at.Total
	}
	for page, err := range tracker.Census(t.Context(), backlog.ProjectID{Site: testSite, ID: tracker.model.scope[0].ID}) {
		must(t, err)
		counted += len(page.IDs)
	}
	if total != items || counted != items || len(sweeps) != inFlight+1 { // and one for areas and iterations
		t.Errorf("%d items in %d sweeps, %d counted", total, len(sweeps), counted)
	}
	for _, e := range w.Truth().Entries() {
		if e.Status != http.StatusOK {
			t.Errorf("%s %s answered %d", e.Method, e.Path, e.Status)
		}
	}
}

// A large project is read side by side, each item once, with hardly more
// requests than there have to be. What is created meanwhile comes too.
func TestRangesSideBySide(t *testing.T) {
	const items = 2_100
	w, url := start(t, azuresim.Settings{})
	must(t, w.Generate(items, 7))
	tracker := connect(t, url, Settings{Projects: []string{"Generated"}, BatchSize: 20, RangeSize: 1900})
	sweeps, err := tracker.Sweeps(t.Context(), nil)
	must(t, err)
	late := w.AddWorkItem(map[string]any{"fields": map[string]any{"System.TeamProject": "Generated", "System.WorkItemType": "Task", "System.Title": "Late"}})
	w.Truth().Reset()
	seen, mark := readSideBySide(t, tracker, sweeps)
	if len(sweeps) != inFlight+1 || len(seen) != items+1 || seen[fmt.Sprint(late)] != 1 {
		t.Errorf("%d sweeps, %d items, the late one %d times", len(sweeps), len(seen), seen[fmt.Sprint(late)])
	}
	for id, times := range seen {
		if times != 1 {
			t.Errorf("%s came %d times", id, times)
		}
	}
	fewest := 1 + (items+1+19)/20 // the ids of all ranges but the last are known
	if requests := len(w.Truth().Entries()); requests > fewest+1 {
		t.Errorf("%d requests, the fewest are %d", requests, fewest)
	}
	if !strings.Contains(mark[revisionsFeed], `"start":`) || mark[projectMark+tracker.model.scope[0].ID] == "" {
		t.Errorf("the mark is %v", mark)
	}
}

// readSideBySide reads every sweep at once and counts how often items came.
func readSideBySide(t *testing.T, tracker *Tracker, sweeps []backlog.Sweep) (seen map[string]int, mark backlog.Mark) {
	t.Helper()
	var mu sync.Mutex
	var group errgroup.Group
	seen, mark = map[string]int{}, backlog.Mark{}
	for _, s := range sweeps {
		group.Go(func() error {
			for page, err := range tracker.Read(t.Context(), s) {
				if err != nil {
					return err
				}
				mu.Lock()
				for _, i := range page.Items {
					seen[i.Key]++
				}
				for stream, value := range page.Mark {
					mark[stream] = value
				}
				mu.Unlock()
			}
			return nil
		})
	}
	must(t, group.Wait())
	return seen, mark
}
