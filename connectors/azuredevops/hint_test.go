package azuredevops

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Whatever the simulator's service hooks send is read into the work items that
// it is about, and into the other ends of links.
func TestServiceHooks(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{HookUser: secret("hooks"), HookPassword: secret(hookPassword)})
	must(t, w.Hooks().Register(simulator.Hook{URL: "http://127.0.0.1:9/", User: "hooks", Password: hookPassword}))
	w.Create(map[string]any{"fields": map[string]any{"System.TeamProject": "Platform", "System.WorkItemType": "Bug", "System.Title": "It breaks"}})
	must(t, w.SetField(3, "System.Title", "Other"))
	_, err := w.AddComment(4, "hello")
	must(t, err)
	must(t, w.Link(1, dependsOn, 2))
	must(t, w.Unlink(7, hierarchyUp, 6))
	must(t, w.Delete(5))
	must(t, w.Restore(5))
	w.Hooks().Wait()
	got := map[string][]string{}
	for _, d := range w.Hooks().Deliveries() {
		hints, err := tracker.Hint(hookRequest("hooks", hookPassword, string(d.Body)), d.Body)
		must(t, err)
		var ids []string
		for _, h := range hints {
			ids = append(ids, h.ID.ID)
			if h.ID.Site != testSite || h.Deleted != (d.Event == "workitem.deleted") {
				t.Errorf("%s: %+v", d.Event, h)
			}
		}
		got[d.Event] = append(got[d.Event], strings.Join(ids, "+"))
	}
	for event, want := range map[string]string{
		"workitem.created": "8", "workitem.commented": "4", "workitem.deleted": "5", "workitem.restored": "5",
		"workitem.updated": "1+2 2+1 3 4 6+7 7+6",
	} {
		all := slices.Compact(slices.Sorted(slices.Values(got[event])))
		if strings.Join(all, " ") != want {
			t.Errorf("%s names %v, want %s", event, all, want)
		}
	}
}

// A service hook that does not prove who sends it is refused, and costs nothing.
func TestForgedServiceHooks(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	body := `{"eventType":"workitem.updated","resource":{"workItemId":3}}`
	failing := func() (string, error) { return "", errors.New("no such file") }
	for name, c := range map[string]struct {
		user, password string // sent
		s              Settings
		want           string
	}{
		"not configured": {"hooks", "x", Settings{}, "no password for service hooks"},
		"empty":          {"hooks", "", Settings{HookUser: secret("hooks"), HookPassword: secret("")}, "is empty"},
		"wrong password": {"hooks", "x", Settings{HookUser: secret("hooks"), HookPassword: secret(hookPassword)}, "does not send"},
		"wrong user":     {"other", hookPassword, Settings{HookUser: secret("hooks"), HookPassword: secret(hookPassword)}, "does not send"},
		"unreadable":     {"hooks", hookPassword, Settings{HookPassword: failing}, "no such file"},
	} {
		tracker := connect(t, url, c.s)
		hints, err := tracker.Hint(hookRequest(c.user, c.password, body), []byte(body))
		if len(hints) > 0 || err == nil || !strings.Contains(err.Error(), c.want) || errors.Is(err, backlog.ErrUnauthorized) == (name == "unreadable") {
			t.Errorf("%s: %v, %v", name, hints, err)
		}
		if err != nil && strings.Contains(err.Error(), hookPassword) {
			t.Errorf("%s: the error tells the password", name)
		}
	}
	if n := len(w.Truth().Entries()); n != 0 {
		t.Errorf("forged hooks cost %d requests", n)
	}
}

// Bodies that are odd name what can be understood of them, or nothing.
func TestOddServiceHooks(t *testing.T) {
	_, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{HookPassword: secret(hookPassword)})
	far := `{"added":[{"url":"https://dev.azure.com/x/_apis/wit/workItems/99999999999"},{"url":"https://dev.azure.com/x/_apis/wit/workItems/6"},{"url":"vstfs:///Git"}]}`
	for body, want := range map[string]string{
		`{"eventType":"workitem.created","resource":{"id":3,"relations":[{"url":"https://x/_apis/wit/workItems/9"}]}}`: "[3]",
		`{"eventType":"workitem.updated","resource":{"id":3}}`:                                                         "[]", // that is the update's
		`{"eventType":"workitem.updated","resource":{"id":3,"revision":{"id":"4"}}}`:                                   "[4]",
		`{"eventType":"workitem.updated","resource":{"workItemId":3,"relations":` + far + `}}`:                         "[3 6]",
		`{"eventType":"git.push","resource":{"pushId":14}}`:                                                            "[]",
		`{"eventType":"workitem.deleted","resource":{"id":-3}}`:                                                        "[]",
		`{"resource":[]}`: "error", `not JSON`: "error",
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/", nil)
		must(t, err)
		r.SetBasicAuth("", hookPassword)
		hints, err := tracker.Hint(r, []byte(body))
		ids := []string{}
		for _, h := range hints {
			ids = append(ids, h.ID.ID)
		}
		got := fmt.Sprint(ids)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%s\ngot %s, %v; want %s", body, got, err, want)
		}
	}
}
