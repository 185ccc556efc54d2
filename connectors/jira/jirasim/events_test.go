package jirasim

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// inbox is a server that takes webhooks.
type inbox struct {
	mu  sync.Mutex
	ids []string
}

func (b *inbox) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ids = append(b.ids, r.Header.Get("X-Atlassian-Webhook-Identifier"))
}

// hooked registers an inbox for everything.
func (v *visitor) hooked() *inbox {
	v.Helper()
	b := &inbox{}
	url, stop, err := simulator.Serve("127.0.0.1:0", b)
	must(v.T, err)
	v.Cleanup(stop)
	must(v.T, v.world.Hooks().Register(simulator.Hook{URL: url, Secret: "s"}))
	return b
}

// live does one of everything that is announced.
func (v *visitor) live() []simulator.Delivery {
	v.Helper()
	h := v.world.Human("")
	key := h.Create(object{"fields": object{"project": "SHOP", "summary": "A"}})
	must(v.T, h.AddLabel(key, "mobile"))
	id, err := h.AddComment(key, "Hello")
	must(v.T, err, h.EditComment(key, id, "Hi"), h.DeleteComment(key, id))
	v.do(204, "PUT", "/rest/api/2/issue/"+key, object{"update": labels("+hygiene")})
	v.do(200+1, "PUT", "/rest/api/2/issue/"+key+"/properties/p", 1)
	must(v.T, h.Delete(key))
	v.world.Hooks().Wait()
	return v.world.Hooks().Deliveries()
}

func TestWebhooksAreShapedAsRecorded(t *testing.T) {
	v := visit(t)
	b := v.hooked()
	recorded := webhooks(t)
	var events []string
	for _, d := range v.live() {
		events = append(events, d.Event)
		name := map[string]string{
			"jira:issue_created": "webhook-cloud-issue-created-many-fields", "jira:issue_updated": "webhook-issue-updated-labels",
			"jira:issue_deleted": "webhook-issue-deleted", "comment_created": "webhook-cloud-comment-created",
			"comment_updated": "webhook-cloud-comment-updated", "comment_deleted": "webhook-cloud-comment-deleted",
		}[d.Event]
		shaped(t, name, recorded[name], d.Body)
	}
	slices.Sort(events)
	want := []string{"comment_created", "comment_deleted", "comment_updated", "jira:issue_created", "jira:issue_deleted", "jira:issue_updated", "jira:issue_updated"}
	if !slices.Equal(events, want) {
		t.Errorf("events %q, want %q", events, want)
	}
	slices.Sort(b.ids)
	if len(slices.Compact(b.ids)) != len(want) || strings.TrimSpace(b.ids[0]) == "" {
		t.Errorf("identifiers %q", b.ids)
	}
}

func TestWebhooksOfADataCenterHideTheIssue(t *testing.T) {
	v := datacenter(t)
	v.hooked()
	recorded := webhooks(t)
	commented := false
	for _, d := range v.live() {
		var body object
		must(t, json.Unmarshal(d.Body, &body))
		if name, is := map[string]string{"comment_created": "webhook-server-comment-created", "comment_deleted": "webhook-server-comment-deleted"}[d.Event]; is {
			shaped(t, name, recorded[name], d.Body)
			if body["issue"] != nil || !strings.Contains(text(body["comment"].(object)["self"]), "/issue/10001/comment/") {
				t.Errorf("%s: %s", d.Event, d.Body)
			}
		}
		commented = commented || d.Event == "jira:issue_updated" && body["issue_event_type_name"] == "issue_commented"
	}
	if !commented {
		t.Error("a comment does not update the issue")
	}
}

func webhooks(t *testing.T) map[string]object {
	t.Helper()
	raw, err := os.ReadFile(evidence.File(t, "recorded/jira-webhooks-mattermost.json"))
	must(t, err)
	var all map[string]object
	must(t, json.Unmarshal(raw, &all))
	return all
}

// shaped wants the members of a recorded body in ours: no others on top, and
// the same kind of value where both have one.
func shaped(t *testing.T, name string, recorded object, raw []byte) {
	t.Helper()
	var ours object
	must(t, json.Unmarshal(raw, &ours))
	for key := range maps.Keys(ours) {
		if _, has := recorded[key]; !has && key != "user" {
			t.Errorf("%s: %q is not in the recording", name, key)
		}
	}
	for key, value := range recorded {
		our, has := ours[key]
		if !has && key != "changelog" && key != "user" {
			t.Errorf("%s: lacks %q", name, key)
			continue
		}
		if o, is := value.(object); is && has {
			for inner, v := range o {
				mine, both := our.(object)[inner]
				_, wasText := v.(string)
				_, isText := mine.(string)
				if both && v != nil && mine != nil && wasText != isText {
					t.Errorf("%s: %s.%s is %T, recorded %T", name, key, inner, mine, v)
				}
			}
		}
	}
}
