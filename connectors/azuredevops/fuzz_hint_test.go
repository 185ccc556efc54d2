package azuredevops

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// hookBodies have the shapes of what Azure DevOps sends, and of what it does not.
var hookBodies = []string{
	`{"subscriptionId":"0","notificationId":3,"eventType":"workitem.updated","resource":{"id":2,"workItemId":7,"rev":2,"revision":{"id":7,"fields":{"System.Title":"x 12"}},"relations":{"added":[{"rel":"r","url":"https://x/_apis/wit/workItems/9"}]}}}`,
	`{"eventType":"workitem.created","resource":{"id":3,"relations":[{"url":"https://x/_apis/wit/workItems/9"}]}}`, `{"eventType":"workitem.deleted","resource":{"id":"5"}}`,
	`{"eventType":"workitem.deleted","resource":{"id":-3}}`, `{"resource":{"id":1e3}}`, `{"resource":{"id":"\u0031"}}`, `{"resource":{"workItemId":99999999999}}`, `{"resource":{"ID":5,"id":6}}`, `{"resource":{"id":"+7"}}`, `{"resource":{"id":"007"}}`,
	`{"eventType":"workitem.updated","resource":{"relations":{"removed":[{"url":"/_apis/wit/workItems/0009"}]}}}`, `[]`, `null`, ``, "\xff", `{"resource":`,
}

// A service hook that proves who sends it names no work item that its body does
// not name, each once, and only the one it is about as deleted; and so each
// time. With any other user and password it is refused.
func FuzzServiceHook(f *testing.F) {
	for _, body := range hookBodies {
		f.Add([]byte(body), "hooks", "x")
	}
	tracker := &Tracker{settings: Settings{Connection: "platform", HookUser: secret("hooks"), HookPassword: secret(hookPassword)}}
	tracker.model = &model{} // described: a hook asks the tracker nothing
	numbers := regexp.MustCompile(`[0-9]+`)
	f.Fuzz(func(t *testing.T, body []byte, user, password string) {
		proven := hookRequest("hooks", hookPassword, string(body))
		hints, err := tracker.Hint(proven, body)
		if again, _ := tracker.Hint(proven, body); !slices.Equal(again, hints) {
			t.Errorf("%q names %v, then %v", body, hints, again)
		}
		if err != nil && (len(hints) > 0 || errors.Is(err, backlog.ErrUnauthorized)) || err == nil && !json.Valid(body) {
			t.Errorf("%q: %v, %v", body, hints, err)
		}
		named := numbers.FindAllString(string(body)+" "+unquoted(body), -1)
		for i := range named {
			named[i] = strings.TrimLeft(named[i], "0")
		}
		seen := map[string]bool{}
		for i, h := range hints {
			if !slices.Contains(named, h.ID.ID) || seen[h.ID.ID] || h.Deleted && i > 0 {
				t.Errorf("%q names %v", body, hints)
			}
			seen[h.ID.ID] = true
		}
		if forged := httptest.NewRequest(http.MethodPost, "/", nil); user != "hooks" || password != hookPassword {
			forged.SetBasicAuth(user, password)
			if sent, word, _ := forged.BasicAuth(); sent == "hooks" && word == hookPassword { // a colon in the user
				return
			}
			if hints, err := tracker.Hint(forged, body); len(hints) > 0 || !errors.Is(err, backlog.ErrUnauthorized) {
				t.Errorf("%q of %q with %q names %v, %v", body, user, password, hints, err)
			}
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

// A position that was written is the same when it is read, and nothing but
// numbers of it gets into a query.
func FuzzPosition(f *testing.F) {
	for _, seed := range []string{
		`{"kind":"backfill","project":"p","last":3,"to":9,"reading":"r","feeds":true,"start":"2026-11-24T09:00:00Z"}`, `{"kind":"revisions","token":"7;x","start":"2026-11-24T09:00:00+02:00"}`,
		`{"kind":"nodes","project":"p","changed":["a1","i2"],"nodes":"{}"}`, `{"kind":"nodes","changed":["a1) OR ([System.Id] > 0","i","x","a-1"]}`, `{"start":"9999-12-31T23:59:59.999999999Z"}`, `{}`, `[]`, `null`, `{"last":1e99}`, `{"kind":"\ud800"}`, "\xff",
	} {
		f.Add(seed)
	}
	plain := regexp.MustCompile(`^(\(\[System\.(Area|Iteration)Id\] = [0-9]+( OR \[System\.(Area|Iteration)Id\] = [0-9]+)*\))?$`)
	f.Fuzz(func(t *testing.T, text string) {
		var p, again position
		if json.Unmarshal([]byte(text), &p) != nil {
			return
		}
		if err := json.Unmarshal([]byte(p.String()), &again); err != nil || again.String() != p.String() {
			t.Errorf("%q is read as %+v, then as %+v, %v", text, p, again, err)
		}
		if condition := inNodes(p.Changed); len(p.Changed) > 0 && !plain.MatchString(condition) {
			t.Errorf("%q asks %q", text, condition)
		}
	})
}
