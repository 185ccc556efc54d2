package jira

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

func TestContract(t *testing.T) { tour(t, jirasim.Settings{}) }

// A Data Center below a context path, whose pages are short.
func TestContractDataCenter(t *testing.T) {
	tour(t, jirasim.Settings{Edition: jirasim.DataCenter, Context: "/jira", PageCap: 3})
}

func tour(t *testing.T, s jirasim.Settings) {
	trackertest.Run(t, func(t *testing.T) trackertest.Tracker {
		w, url := start(t, s, enrich)
		open := func() (backlog.Reader, backlog.Writer) {
			tracker := connect(t, url, Settings{
				PageSize: 2, Owner: "trackertest",
				WebhookSecret: func() (string, error) { return hookSecret, nil },
			})
			return tracker, tracker
		}
		reader, writer := open()
		return trackertest.Tracker{
			Reader: reader, Writer: writer, Again: open, World: world{w, t, url, s.Edition},
			Cannot: trackertest.Cannot{Stale: "Jira has no conditional write"},
		}
	})
}

// enrich adds an epic, SHOP-6, and a story that has everything, SHOP-7.
func enrich(w *jirasim.World) {
	criteria := w.AddField(jirasim.Field{ID: "customfield_12000", Name: "Acceptance criteria", Type: "string", Custom: jirasim.TextAreaField})
	w.AddUser(jirasim.User{ID: "557058:olga", Name: "Olga"})
	w.AddLinkType(jirasim.LinkType{Name: "Blocks", Inward: "is blocked by", Outward: "blocks"})
	epic := story(w, map[string]any{"issuetype": "Epic", "summary": "One-click checkout"})
	rich := story(w, map[string]any{
		"summary": "Pay with a stored card", "status": "In Progress", "assignee": "557058:olga", "parent": epic,
		"description": "As a *busy parent*, I want to pay with a stored card, so that I am done quickly.\n\nh2. Notes\n* {{GET /cards}} stays",
		criteria:      "* The card is remembered\n* The card can be removed",
		"labels":      []any{"payments"}, jirasim.PointsField: 5.0,
		"issuelinks": []any{map[string]any{"type": "Blocks", "inwardIssue": map[string]any{"key": "SHOP-1"}}},
	})
	if err := w.Human("").RemoteLink(rich, "https://dev.azure.com/shop/p/_workitems/edit/7", "Azure 7"); err != nil {
		panic(err)
	}
}

// world is the simulated site as people use it.
type world struct {
	*jirasim.World
	t       *testing.T
	url     string
	edition jirasim.Edition
}

const site = backlog.SiteID("jira:11111111-2222-4333-8444-555555555555")

func (w world) Seed() trackertest.Seed {
	site := site
	if w.edition == jirasim.DataCenter {
		site = backlog.SiteID("jira:" + strings.TrimPrefix(w.url, "http://"))
	}
	id := func(key string) string { return w.Issue(key)["id"].(string) }
	seed := trackertest.Seed{
		Site: site, Projects: []backlog.ProjectID{{Site: site, ID: "10000"}},
		Plain: id("SHOP-3"), Absent: "99999",
	}
	for _, key := range w.Keys() {
		seed.IDs = append(seed.IDs, id(key))
	}
	olga, parent := "557058:olga", &backlog.Ref{ID: backlog.ItemID{Site: site, ID: id("SHOP-6")}, Key: "SHOP-6"}
	if w.edition == jirasim.DataCenter { // which names people otherwise, and an epic by its key only
		olga, parent = w.Issue("SHOP-7")["fields"].(map[string]any)["assignee"].(map[string]any)["key"].(string), &backlog.Ref{Key: "SHOP-6"}
	}
	five := 5.0
	seed.Rich = backlog.Item{
		ID: backlog.ItemID{Site: site, ID: id("SHOP-7")}, Key: "SHOP-7", URL: w.url + "/browse/SHOP-7", Project: backlog.Project{ID: "10000"},
		Title: "Pay with a stored card", Type: "Story", Level: backlog.Story,
		State:  backlog.State{Category: backlog.InProgress, Native: "In Progress"},
		Body:   "As a **busy parent**, I want to pay with a stored card, so that I am done quickly.\n\n## Notes\n- `GET /cards` stays",
		Text:   backlog.Text{Criteria: []string{"The card is remembered", "The card can be removed"}},
		Parent: parent,
		Links: []backlog.Link{
			{Type: backlog.Blocks, Direction: backlog.Inward, Native: "is blocked by", To: backlog.Ref{ID: backlog.ItemID{Site: site, ID: id("SHOP-1")}, Key: "SHOP-1"}},
			{Type: backlog.Relates, Direction: backlog.Outward, To: backlog.Ref{URL: "https://dev.azure.com/shop/p/_workitems/edit/7"}},
		},
		Labels: []string{"payments"}, Points: &five, Assignee: &backlog.Person{ID: olga},
	}
	return seed
}

// must ends the test when a person's move failed.
func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w world) HumanLabel(id, label string, add bool) {
	if add {
		w.must(w.Human("").AddLabel(id, label))
		return
	}
	w.must(w.Human("").RemoveLabel(id, label))
}

func (w world) HumanEdit(id, title string) { w.must(w.Human("").SetField(id, "summary", title)) }

func (w world) HumanState(id string) {
	status := w.Issue(id)["fields"].(map[string]any)["status"].(map[string]any)["name"]
	to := "Done"
	if status == to {
		to = "To Do"
	}
	w.must(w.Human("").SetField(id, "status", to))
}

func (w world) Call(id string) (*http.Request, []byte) {
	body := `{"webhookEvent":"jira:issue_updated","issue":{"id":"` + id + `"}}`
	return hook(body, hookSecret), []byte(body)
}

func (w world) HumanEditComment(id, comment, text string) {
	for _, c := range w.World.Comments(id) {
		if c["id"] == comment {
			w.must(w.Human("").EditComment(id, comment, text+"\n\n"+c["body"].(string)))
			return
		}
	}
	w.t.Fatalf("no comment %s on %s", comment, id)
}

func (w world) Delete(id string) { w.must(w.Human("").Delete(id)) }

func (w world) Move(id string) {
	_, err := w.Human("").Move(id, "PAY")
	w.must(err)
}

// LoseNextAnswer meets the writing requests only: a reading of the same paths
// always has a query.
func (w world) LoseNextAnswer(afterApply bool) {
	w.Faults().Add(simulator.Rule{
		Path:  `^(/jira)?/rest/api/2/issue/\d+(/comment(/\d+)?)?(\?notifyUsers=false)?$`,
		Times: 1, CutAfter: afterApply, CutBefore: !afterApply,
	})
}

func (w world) ThrottleNext(after time.Duration) {
	rule := answer("", http.StatusTooManyRequests, `{"errorMessages":["Rate limit exceeded."]}`)
	rule.Times = 1
	rule.Header["Retry-After"] = strconv.Itoa(int(after.Seconds()))
	w.Faults().Add(rule)
}

func (w world) Comments(id string) int    { return len(w.World.Comments(id)) }
func (w world) Labels(id string) []string { return w.World.Labels(id) }
func (w world) Writes() int               { return len(w.Truth().Writes()) }
