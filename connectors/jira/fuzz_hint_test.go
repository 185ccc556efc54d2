package jira

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// hookBodies have the shapes of what Jira sends, and of what it does not.
var hookBodies = []string{
	`{"timestamp":1,"webhookEvent":"comment_created","comment":{"self":"https://x.example/rest/api/2/issue/10040/comment/7","id":"7"},"issue":{"id":"10040","self":"x","key":"S-4","fields":{"summary":"s"}}}`,
	`{"webhookEvent":"jira:issue_updated","issue":{"id":10001,"fields":{"parent":{"id":"10007"}}},"changelog":{"items":[{"field":"Epic Link","from":"10005","to":null}]}}`,
	`{"webhookEvent":"jira:issue_deleted","issue":{"id":"1"}}`, `{"webhookEvent":"issuelink_created","issueLink":{"sourceIssueId":2,"destinationIssueId":3}}`,
	`{"webhookEvent":"worklog_created","worklog":{"issueId":"9"}}`, `{"issue":{"id":"-1"}}`, `{"issue":{"id":1e3}}`, `{"issue":{"id":"1' OR 1=1"}}`, `{"issue":{"id":{}}}`,
	`{"issue":{"ID":"5","id":"6"}}`, `{"comment":{"self":"/issue/007/comment/"}}`, `{"issue":{"id":"\u0661"}}`, `[]`, `null`, `"x"`, ``, "\xff", `{"issue":`, `{"issue":{"id":99999999999999999999999}}`,
}

// A webhook that is signed names no issue that its body does not name, each
// once, and only the one it is about as deleted; and so each time. The same
// body with any other signature is refused.
func FuzzWebhook(f *testing.F) {
	for _, body := range hookBodies {
		f.Add([]byte(body), "sha256=00")
	}
	tracker := &Tracker{settings: Settings{Connection: "shop", WebhookSecret: func() (string, error) { return hookSecret, nil }}}
	tracker.model = &model{} // described: a webhook asks the tracker nothing
	numbers := regexp.MustCompile(`[0-9]+`)
	f.Fuzz(func(t *testing.T, body []byte, signature string) {
		signed := hook(string(body), hookSecret)
		hints, err := tracker.Hint(signed, body)
		if again, _ := tracker.Hint(signed, body); !slices.Equal(again, hints) {
			t.Errorf("%q names %v, then %v", body, hints, again)
		}
		if err != nil && (len(hints) > 0 || errors.Is(err, backlog.ErrUnauthorized)) || err == nil && !json.Valid(body) {
			t.Errorf("%q: %v, %v", body, hints, err)
		}
		named := numbers.FindAllString(string(body)+" "+unquoted(body), -1)
		seen := map[string]bool{}
		for i, h := range hints {
			if !slices.Contains(named, h.ID.ID) || seen[h.ID.ID] || h.Deleted && i > 0 {
				t.Errorf("%q names %v", body, hints)
			}
			seen[h.ID.ID] = true
		}
		forged := httptest.NewRequest(http.MethodPost, "/", nil)
		forged.Header.Set("X-Hub-Signature", signature)
		if signature == signed.Header.Get("X-Hub-Signature") {
			return
		}
		if hints, err := tracker.Hint(forged, body); len(hints) > 0 || !errors.Is(err, backlog.ErrUnauthorized) {
			t.Errorf("%q signed %q names %v, %v", body, signature, hints, err)
		}
	})
}

// unquoted is what the body says without JSON's escapes.
func unquoted(body []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var all []byte
	for {
		token, err := decoder.Token()
		if err != nil {
			return string(all)
		}
		switch x := token.(type) {
		case string:
			all = append(append(all, x...), ' ')
		case json.Number:
			all = append(append(all, x...), ' ')
		}
	}
}
