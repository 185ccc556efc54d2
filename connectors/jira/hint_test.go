package jira

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

const hookSecret = "a-secret-for-tests"

// hook is a webhook's request, signed with a secret.
func hook(body, secret string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/hooks/shop", strings.NewReader(body))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	r.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

func hooked(t *testing.T, secret func() (string, error)) (*jirasim.World, *Tracker) {
	t.Helper()
	w, url := start(t, jirasim.Settings{})
	return w, connect(t, url, Settings{WebhookSecret: secret})
}

// The signature is that of WebSub's specification over the bytes of the body.
func TestSignature(t *testing.T) {
	// The example of Atlassian's documentation of secured webhooks.
	const body, secret = "Hello World!", "It's a Secret to Everybody"
	if got := hook(body, secret).Header.Get("X-Hub-Signature"); got != "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9" {
		t.Errorf("signed %s", got)
	}
}

// Forged webhooks are refused, and cost no request.
func TestForgedHints(t *testing.T) {
	const body = `{"webhookEvent":"jira:issue_updated","issue":{"id":"10001"}}`
	secret := func() (string, error) { return hookSecret, nil }
	good := hook(body, hookSecret).Header.Get("X-Hub-Signature")
	for name, c := range map[string]struct {
		secret    func() (string, error)
		signature string
		body      string
		says      string
	}{
		"no secret":       {nil, good, body, "configure"},
		"an empty secret": {func() (string, error) { return "", nil }, good, body, "configure"},
		"no signature":    {secret, "", body, "not signed"},
		"another method":  {secret, "sha1=" + strings.TrimPrefix(good, "sha256="), body, "not signed"},
		"another secret":  {secret, hook(body, "another").Header.Get("X-Hub-Signature"), body, "signature"},
		"no hex":          {secret, "sha256=zz", body, "signature"},
		"cut short":       {secret, good[:len(good)-2], body, "signature"},
		"another body":    {secret, good, body + " ", "signature"},
	} {
		t.Run(name, func(t *testing.T) {
			w, tracker := hooked(t, c.secret)
			r := hook(body, hookSecret)
			r.Header.Set("X-Hub-Signature", c.signature)
			hints, err := tracker.Hint(r, []byte(c.body))
			if !errors.Is(err, backlog.ErrUnauthorized) || !strings.Contains(err.Error(), c.says) || len(hints) > 0 {
				t.Errorf("got %v, %v", hints, err)
			}
			if asked := w.Truth().Entries(); len(asked) > 0 {
				t.Errorf("asked Jira: %+v", asked)
			}
		})
	}
}

func TestHints(t *testing.T) {
	_, tracker := hooked(t, func() (string, error) { return hookSecret, nil })
	for body, want := range map[string][]string{
		`{"webhookEvent":"jira:issue_created","issue":{"id":"10001","key":"X-1"}}`:                                                                                                             {"10001"},
		`{"webhookEvent":"jira:issue_updated","issue":{"id":10001,"fields":{"parent":{"id":"10007"}}},"changelog":{"items":[{"field":"IssueParentAssociation","from":"10005","to":"10007"}]}}`: {"10001", "10007", "10005"},
		`{"webhookEvent":"jira:issue_deleted","issue":{"id":"10001","fields":{"parent":{"id":"10007"}}}}`:                                                                                      {"10001 deleted", "10007"},
		`{"webhookEvent":"issuelink_created","issueLink":{"id":1,"sourceIssueId":10002,"destinationIssueId":10003}}`:                                                                           {"10002", "10003"},
		`{"webhookEvent":"issuelink_deleted","issueLink":{"id":1,"sourceIssueId":10002,"destinationIssueId":10002}}`:                                                                           {"10002"},
		`{"webhookEvent":"comment_deleted","comment":{"self":"https://x.example/jira/rest/api/2/issue/10009/comment/5"}}`:                                                                      {"10009"},
		`{"webhookEvent":"worklog_created","worklog":{"issueId":"10009"}}`:                                                                                                                     {"10009"},
		`{"webhookEvent":"sprint_started","sprint":{"id":7}}`:                                                                                                                                  nil,
		`{"webhookEvent":"jira:issue_updated","issue":{"id":"10001' OR 1=1"}}`:                                                                                                                 nil,
	} {
		hints, err := tracker.Hint(hook(body, hookSecret), []byte(body))
		if err != nil {
			t.Fatal(body, err)
		}
		if diff := cmp.Diff(want, shown(hints)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
	if _, err := tracker.Hint(hook("[", hookSecret), []byte("[")); err == nil || errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("a body that is no JSON: %v", err)
	}
}

func shown(hints []backlog.Hint) (ids []string) {
	for _, h := range hints {
		id := h.ID.ID
		if h.ID.Site != site {
			id = string(h.ID.Site)
		}
		if h.Deleted {
			id += " deleted"
		}
		ids = append(ids, id)
	}
	return ids
}

// Every recorded webhook names the issue that it is about.
func TestRecordedHints(t *testing.T) {
	_, tracker := hooked(t, func() (string, error) { return hookSecret, nil })
	want := map[string]string{
		"webhook-cloud-comment-created": "10040", "webhook-cloud-comment-updated": "10040", "webhook-cloud-comment-deleted": "10357",
		"webhook-cloud-issue-created-many-fields": "10509", "webhook-cloud-issue-updated-custom-field": "10368",
		"webhook-issue-deleted": "10303 deleted", "webhook-issue-updated-labels": "10040", "webhook-issue-updated-sprint": "10040",
		"webhook-server-comment-created": "10013", "webhook-server-comment-updated": "10013", "webhook-server-comment-deleted": "10013",
		"webhook-server-issue-updated-in-progress": "10300", "webhook-server-issue-updated-commented-2": "10231",
		"webhook-server-issue-updated-many-fields": "10400", "webhook-server-updated-custom-field": "10106",
	}
	var bodies map[string]json.RawMessage
	recorded(t, "jira-webhooks-mattermost.json", &bodies)
	for name, body := range bodies {
		hints, err := tracker.Hint(hook(string(body), hookSecret), body)
		if ids := shown(hints); err != nil || len(ids) == 0 || ids[0] != want[name] {
			t.Errorf("%s speaks of %v, want %s; %v", name, ids, want[name], err)
		}
	}
	if len(bodies) != len(want) {
		t.Errorf("%d webhooks, want %d", len(bodies), len(want))
	}
}
