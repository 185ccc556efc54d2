package azuredevops

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

func TestContract(t *testing.T) {
	for name, settings := range editions() {
		t.Run(name, func(t *testing.T) {
			trackertest.Run(t, func(t *testing.T) trackertest.Tracker {
				w, url := start(t, settings)
				open := func() (backlog.Reader, backlog.Writer) {
					tracker := connect(t, url, Settings{Owner: "trackertest", HookUser: secret("hooks"), HookPassword: secret(hookPassword)})
					return tracker, tracker
				}
				reader, writer := open()
				return trackertest.Tracker{Reader: reader, Writer: writer, Again: open, World: world{w, t, url}}
			})
		})
	}
}

// editions are the worlds that the contract is told in: the service, and a
// Server that refuses what is too new for it, or goes down to its own version,
// or lacks the reporting feeds.
func editions() map[string]azuresim.Settings {
	server := azuresim.Settings{Edition: azuresim.Server2022, Path: "/tfs/DefaultCollection"}
	lenient, without := server, server
	lenient.Path, lenient.Negotiates = "/Retail", true
	without.Feeds = azuresim.FeedsRefused
	return map[string]azuresim.Settings{"Services": {}, "Server 2022": server, "Server that negotiates": lenient, "Server without feeds": without}
}

// world is the simulated organisation as people use it.
type world struct {
	*azuresim.World
	t   *testing.T
	url string
}

func (w world) Seed() trackertest.Seed {
	project := w.project("Platform")
	seed := trackertest.Seed{
		Site: testSite, Projects: []backlog.ProjectID{{Site: testSite, ID: project}}, Plain: "3", Absent: "99999",
	}
	for id := 1; id <= seededItems; id++ {
		seed.IDs = append(seed.IDs, strconv.Itoa(id))
	}
	seed.Rich = backlog.Item{
		ID: backlog.ItemID{Site: testSite, ID: "7"}, Key: "7", URL: w.url + "/Platform/_workitems/edit/7", Project: backlog.Project{ID: project},
		Title: "Pay with a stored card", Type: "User Story", Level: backlog.Story,
		State:  backlog.State{Category: backlog.InProgress, Native: "Active"},
		Body:   "As a **busy parent**, I want to pay with a stored card so that I am done quickly.\n\n- keep `GET /cards`",
		Text:   backlog.Text{Criteria: []string{"The card is remembered", "The card can be removed"}},
		Parent: &backlog.Ref{ID: backlog.ItemID{Site: testSite, ID: "6"}},
		Links: []backlog.Link{
			{Type: backlog.Blocks, Direction: backlog.Inward, To: backlog.Ref{ID: backlog.ItemID{Site: testSite, ID: "1"}}},
			{Type: backlog.Blocks, Direction: backlog.Outward, To: backlog.Ref{URL: "https://shop.atlassian.net/browse/SHOP-7"}},
		},
		Labels: []string{"payments", "Theme-Buying"}, Points: new(5.0), Assignee: &backlog.Person{ID: w.assignee(7)},
	}
	return seed
}

// project finds a project's id, as it stands in the addresses of its items.
func (w world) project(name string) string {
	tracker := connect(w.t, w.url, Settings{Projects: []string{name}})
	m, err := tracker.known(w.t.Context())
	must(w.t, err)
	return m.scope[0].ID
}

func (w world) assignee(id int) string {
	fields, _ := w.WorkItem(id)["fields"].(map[string]any)
	person, _ := fields["System.AssignedTo"].(map[string]any)
	return scalar(person["descriptor"])
}

func (w world) id(id string) int {
	n, err := strconv.Atoi(id)
	must(w.t, err)
	return n
}

func (w world) HumanLabel(id, label string, add bool) {
	if add {
		must(w.t, w.AddTag(w.id(id), label))
		return
	}
	must(w.t, w.RemoveTag(w.id(id), label))
}

func (w world) HumanEdit(id, title string) { must(w.t, w.SetField(w.id(id), "System.Title", title)) }

func (w world) HumanState(id string) {
	fields, _ := w.WorkItem(w.id(id))["fields"].(map[string]any)
	to := "Closed"
	if fields["System.State"] == to {
		to = "New"
	}
	must(w.t, w.SetField(w.id(id), "System.State", to))
}

const hookPassword = "canary-password-of-hooks"

func secret(s string) func() (string, error) { return func() (string, error) { return s, nil } }

func (w world) Call(id string) (*http.Request, []byte) {
	body := `{"eventType":"workitem.updated","resource":{"id":2,"workItemId":` + id + `,"rev":2,"revision":{"id":` + id + `}}}`
	return hookRequest("hooks", hookPassword, body), []byte(body)
}

func hookRequest(user, password, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/hooks/platform", strings.NewReader(body))
	r.SetBasicAuth(user, password)
	r.Header.Set("Content-Type", "application/json")
	return r
}

func (w world) HumanEditComment(id, comment, text string) {
	for _, c := range w.World.Comments(w.id(id)) {
		if commentID(c) == comment {
			must(w.t, w.EditComment(w.id(id), w.id(comment), "<p>"+text+"</p>"+c["text"].(string)))
			return
		}
	}
	w.t.Fatalf("no comment %s on %s", comment, id)
}

func commentID(c map[string]any) string {
	n, _ := c["id"].(int)
	return strconv.Itoa(n)
}

func (w world) Delete(id string) { must(w.t, w.World.Delete(w.id(id))) }

func (w world) Move(id string) { must(w.t, w.MoveProject(w.id(id), "Elsewhere")) }

func (w world) LoseNextAnswer(afterApply bool) {
	w.Faults().Add(simulator.Rule{Method: "PATCH|DELETE", Times: 1, CutAfter: afterApply, CutBefore: !afterApply})
}

func (w world) ThrottleNext(after time.Duration) {
	w.Faults().Add(simulator.Rule{
		Times: 1, Status: http.StatusTooManyRequests, Body: `{"message":"TF400733: The request has been canceled: Request was blocked."}`,
		Header: map[string]string{"Content-Type": "application/json", "Retry-After": strconv.Itoa(int(after.Seconds()))},
	})
}

func (w world) Comments(id string) int    { return len(w.World.Comments(w.id(id))) }
func (w world) Labels(id string) []string { return w.Tags(w.id(id)) }
func (w world) Writes() int               { return len(w.Truth().Writes()) }
