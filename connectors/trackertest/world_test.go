package trackertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// The smallest world that the tour can be taken in.

var (
	now  = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	home = backlog.Project{ID: "1", Key: "HOME", Name: "Home"}
	site = backlog.Site{
		ID: "memory:home", Kind: "memory", Account: backlog.Person{ID: "bot"}, Projects: []backlog.Project{home},
		Types:    []backlog.ItemType{{Project: home.ID, Name: "Story", Level: backlog.Story}},
		Rights:   []backlog.Rights{{Project: home.ID, Edit: true, Comment: true}},
		Locators: []string{`^memory://(?P<id>\d+)$`},
	}
)

func items() []backlog.Item {
	var all []backlog.Item
	for n := 1; n <= 5; n++ {
		id := fmt.Sprint(n)
		all = append(all, backlog.Item{
			ID: backlog.ItemID{Site: site.ID, ID: id}, Project: home, Key: "HOME-" + id, URL: "memory://" + id,
			Title: "Story " + id, Body: "Some text.", Type: "Story", Level: backlog.Story,
			Created: now.AddDate(0, -1, 0), Changed: now.AddDate(0, -1, 0), Filled: 1,
			Parent: &backlog.Ref{Key: "HOME-9"}, Labels: []string{"theirs"},
		})
	}
	all[2].Labels = nil
	return all
}

type world struct{ memory.Human }

func (world) ThrottleNext(time.Duration) {} // not called, see Cannot

func (world) Call(id string) (*http.Request, []byte) {
	r := httptest.NewRequest(http.MethodPost, "/hook", nil)
	r.Header.Set("Authorization", "Basic x")
	return r, []byte(id)
}

func (world) Seed() trackertest.Seed {
	return trackertest.Seed{
		Site: site.ID, Projects: []backlog.ProjectID{{Site: site.ID, ID: home.ID}}, IDs: []string{"1", "2", "3", "4", "5"},
		Rich: items()[1], Plain: "3", Absent: "999",
	}
}
