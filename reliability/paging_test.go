package reliability

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
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

// R05: before every page of a sweep somebody edits an issue at the front and one
// at the back of what is listed, and makes a new one. Both in a backfill and
// among changes nobody is skipped; and there is no census to find whom.
func TestR05EditsBetweenAllPages(t *testing.T) {
	t.Run("jira", func(t *testing.T) {
		s := newJiraSite(t, jirasim.Settings{}, jira.Settings{PageSize: 4}, stories("SHOP", 30))
		s.blindly()
		n, human := 0, s.world.Human("")
		s.world.Faults().Add(simulator.Rule{Path: "/search/jql", Times: 24, Do: func() {
			keys := s.world.Keys()
			for _, key := range []string{keys[n%len(keys)], keys[len(keys)-1-n%len(keys)]} {
				must(t, human.SetField(key, "summary", fmt.Sprint("title ", n)))
				s.clock.move(time.Second)
			}
			human.Create(map[string]any{"fields": map[string]any{"project": "SHOP", "issuetype": "Story", "summary": "new"}})
			n++
		}})
		s.blindly().good()
		for _, key := range s.world.Keys() { // so that the next sweep has many pages too
			must(t, human.SetField(key, "description", "words"))
		}
		between := n
		s.good()
		if n != 24 || between == n {
			t.Fatalf("edits before %d pages, of a backfill before %d", n, between)
		}
		site := s.good().Site
		s.equals(site, s.ids(site))
	})
	t.Run("azure", func(t *testing.T) {
		s := newAzureSite(t, azuresim.Settings{FeedPage: 4}, azuredevops.Settings{BatchSize: 4}, workItems(t, "Shop", 30))
		s.blindly()
		n := 0
		s.world.Faults().Add(simulator.Rule{Path: "(?i)/workitemsbatch|/workitemrevisions", Times: 24, Do: func() {
			ids := s.world.IDs()
			for _, id := range []int{ids[n%len(ids)], ids[len(ids)-1-n%len(ids)]} {
				must(t, s.world.SetField(id, "System.Title", fmt.Sprint("title ", n)))
				s.clock.move(time.Second)
			}
			s.world.Create(map[string]any{"fields": map[string]any{"System.TeamProject": "Shop", "System.WorkItemType": "User Story", "System.Title": "new"}})
			n++
		}})
		s.good()
		for _, id := range s.world.IDs() {
			must(t, s.world.SetField(id, "System.Description", "<div>words</div>"))
		}
		between := n
		s.good()
		if n != 24 || between == n {
			t.Fatalf("edits before %d pages, of a backfill before %d", n, between)
		}
		site := s.good().Site
		s.equals(site, s.ids(site))
	})
}

// searches counts the requests for pages of issues, and of counting.
func searches(w *jirasim.World) (n int) {
	for _, e := range w.Truth().Entries() {
		if strings.HasSuffix(e.Path, "/search/jql") {
			n++
		}
	}
	return n
}

// R06: the tracker names the same next page for ever. The round ends as
// incomplete, after few requests; the mark stays, and what is missing because of
// it is not held against anybody. When the tracker is well, so is the store.
func TestR06TheSamePageForEver(t *testing.T) {
	t.Run("jira", func(t *testing.T) {
		s := newJiraSite(t, jirasim.Settings{}, jira.Settings{PageSize: 4}, stories("SHOP", 20))
		site := s.good().Site
		s.clock.move(25 * time.Hour) // a census is due
		for _, key := range s.world.Keys() {
			must(t, s.world.Human("").AddLabel(key, "x"))
		}
		mark, before := fmt.Sprint(s.mark(site)), searches(s.world)
		s.world.Faults().Add(simulator.Rule{Path: "/search/jql", SameToken: true})
		for range 3 {
			o := s.pass()
			if o.Err == nil || o.Complete() {
				t.Errorf("the pass ended with %v", o.Err)
			}
			s.clock.move(time.Minute)
		}
		if n := searches(s.world) - before; n > 3*2*4 { // the position goes on, then begins again
			t.Errorf("%d searches", n)
		}
		s.untouched(site, mark, 20)
		s.world.Faults().Clear()
		s.good()
		s.equals(site, s.ids(site))
	})
	t.Run("azure", func(t *testing.T) {
		s := newAzureSite(t, azuresim.Settings{FeedPage: 4}, azuredevops.Settings{BatchSize: 4}, workItems(t, "Shop", 20))
		site := s.good().Site
		s.clock.move(25 * time.Hour)
		for _, id := range s.world.IDs() {
			must(t, s.world.AddTag(id, "x"))
		}
		mark, before := fmt.Sprint(s.mark(site)), len(s.world.Truth().Entries())
		s.world.Faults().Add(simulator.Rule{Path: "(?i)/workitemrevisions", SameToken: true})
		for range 3 {
			o := s.pass()
			if o.Err == nil || o.Complete() {
				t.Errorf("the pass ended with %v", o.Err)
			}
			s.clock.move(time.Minute)
		}
		if n := len(s.world.Truth().Entries()) - before; n > 120 {
			t.Errorf("%d requests", n)
		}
		s.untouched(site, mark, 20)
		s.world.Faults().Clear()
		s.good()
		s.equals(site, s.ids(site))
	})
}

// untouched says that a failed pass moved no mark and missed nobody.
func (h *house) untouched(site backlog.Site, mark string, items int) {
	h.t.Helper()
	if after := fmt.Sprint(h.mark(site)); after != mark {
		h.t.Errorf("the mark went from %s to %s", mark, after)
	}
	counts, err := h.db.Counts(h.t.Context(), connection)
	must(h.t, err)
	absent, err := h.db.Absences(h.t.Context(), site.ID)
	must(h.t, err)
	n := 0
	for _, count := range counts {
		n += count
	}
	if n != items || len(absent) != 0 {
		h.t.Errorf("%d items are counted of %d, absent %v", n, items, absent)
	}
}

// R07: pages that are empty or short and say that there are more are followed by
// their token; one that says so and names none is not believed; a tracker that
// says so for ever is left.
func TestR07EmptyAndShortPages(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{PageSize: 4}, stories("SHOP", 20))
	s.blindly()
	page := func(from int, rule simulator.Rule) {
		rule.Method, rule.Path, rule.From, rule.Times = "POST", "/search/jql", from, 1
		s.world.Faults().Add(rule)
	}
	more := ""
	for n := range 3 { // empty ones in front: each leads on
		page(0, simulator.Rule{Status: 200, Header: map[string]string{"Content-Type": "application/json"}, Body: fmt.Sprintf(`{"issues":[],"nextPageToken":"empty-%d"}`, n)})
		more = fmt.Sprint("empty-", n)
	}
	s.world.Faults().Add(simulator.Rule{Method: "POST", Path: "/search/jql", Times: 1, Status: 400, Body: `{"errorMessages":["no such token ` + more + `"],"errors":{}}`, Header: map[string]string{"Content-Type": "application/json"}})
	s.world.Faults().Add(simulator.Rule{Method: "POST", Path: "/search/jql", Swap: map[string]string{`"isLast":false,`: "", `"isLast":true,`: ""}}) // and none says whether it is the last
	site := s.good().Site
	s.equals(site, s.ids(site))

	for _, key := range s.world.Keys() {
		must(t, s.world.Human("").AddLabel(key, "x"))
	}
	mark := fmt.Sprint(s.mark(site))
	s.world.Faults().Clear()
	s.world.Faults().Add(simulator.Rule{Path: "/search/jql", Swap: map[string]string{`"nextPageToken":`: `"forgotten":`}})
	if o := s.pass(); o.Err == nil {
		t.Error("a page that says that there are more and not where was believed")
	}
	s.untouched(site, mark, 20)
	s.world.Faults().Clear()
	s.good()
	s.equals(site, s.ids(site))
}

// R08: the tracker sends a page again and again, each time as if it were the
// next. Nothing is stored twice and nothing counted twice; and when it is the
// same next page too, the round is not believed.
func TestR08APageTwice(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{PageSize: 4}, stories("SHOP", 20))
	s.blindly()
	first, n := s.firstPage(4), 0
	for ; n < 3; n++ {
		var page map[string]any
		must(t, json.Unmarshal(first, &page))
		page["nextPageToken"] = fmt.Sprint("again-", n)
		again, err := json.Marshal(page)
		must(t, err)
		s.world.Faults().Add(simulator.Rule{Method: "POST", Path: "/search/jql", Times: 1, Status: 200, Body: string(again), Header: map[string]string{"Content-Type": "application/json"}})
	}
	s.world.Faults().Add(simulator.Rule{Method: "POST", Path: "/search/jql", Times: 1, Status: 400, Header: map[string]string{"Content-Type": "application/json"}, Body: `{"errorMessages":["no such token"],"errors":{}}`})
	o := s.good()
	if c := o.Pull.Changes; c.New != 20 || c.Same != 3*4 {
		t.Errorf("%+v", c)
	}
	s.equals(o.Site, s.ids(o.Site))

	for _, key := range s.world.Keys() {
		must(t, s.world.Human("").SetField(key, "summary", "edited"))
	}
	mark := fmt.Sprint(s.mark(o.Site))
	s.world.Faults().Add(simulator.Rule{Method: "POST", Path: "/search/jql", Repeat: true})
	if o := s.pass(); o.Err == nil {
		t.Error("a page that leads to itself was believed")
	}
	s.untouched(o.Site, mark, 20)
	s.world.Faults().Clear()
	s.good()
	s.equals(o.Site, s.ids(o.Site))
}

// firstPage is what search answers to whoever asks for all issues, oldest first.
func (s *jiraSite) firstPage(size int) []byte {
	s.t.Helper()
	question := fmt.Sprintf(`{"jql":"project = \"SHOP\" ORDER BY created ASC, key ASC","fields":["*all"],"maxResults":%d}`, size)
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+"/rest/api/2/search/jql", strings.NewReader(question))
	must(s.t, err)
	req.Header.Set("Content-Type", "application/json")
	req.SetBasicAuth("bot@shop.example", "token")
	resp, err := http.DefaultClient.Do(req)
	must(s.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	must(s.t, err)
	return body
}
