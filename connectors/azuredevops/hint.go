package azuredevops

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/trackwarden/trackwarden/backlog"
)

// Hint implements backlog.Hinter: it reads a service hook of Azure DevOps about
// a work item. Service hooks are not signed; they prove who sends them by a
// user and password of their own (basic authentication). Without a password in
// the settings nothing can be checked and every hint is refused. Events about
// anything but work items name none.
func (t *Tracker) Hint(r *http.Request, body []byte) ([]backlog.Hint, error) {
	if err := t.authentic(r); err != nil {
		return nil, fmt.Errorf("read service hook: %w", err)
	}
	var told hook
	if err := json.Unmarshal(body, &told); err != nil {
		return nil, fmt.Errorf("read service hook: understand its body: %w", err)
	}
	m, err := t.known(r.Context())
	if err != nil {
		return nil, fmt.Errorf("read service hook: %w", err)
	}
	var hints []backlog.Hint
	seen := map[int]bool{0: true}
	for i, id := range told.ids() {
		if !seen[id] {
			hints = append(hints, backlog.Hint{ID: m.item(id), Deleted: i == 0 && told.Event == "workitem.deleted"})
		}
		seen[id] = true
	}
	return hints, nil
}

// authentic checks user and password, in a time that does not tell how much of
// them was right.
func (t *Tracker) authentic(r *http.Request) error {
	if t.settings.HookPassword == nil {
		return fmt.Errorf("%w: connection %s has no password for service hooks; configure the one that the subscription in Azure DevOps sends", backlog.ErrUnauthorized, t.settings.Connection)
	}
	password, err := t.settings.HookPassword()
	if err != nil {
		return fmt.Errorf("read the password of service hooks: %w", err)
	}
	if password == "" {
		return fmt.Errorf("%w: the password for service hooks of connection %s is empty; configure the one that the subscription in Azure DevOps sends", backlog.ErrUnauthorized, t.settings.Connection)
	}
	user := ""
	if t.settings.HookUser != nil {
		if user, err = t.settings.HookUser(); err != nil {
			return fmt.Errorf("read the user of service hooks: %w", err)
		}
	}
	sentUser, sentPassword, sent := r.BasicAuth()
	if !sent || !same(sentUser, user) || !same(sentPassword, password) {
		return fmt.Errorf("%w: the service hook does not send the configured user and password", backlog.ErrUnauthorized)
	}
	return nil
}

// same compares secrets, whatever their length.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// hook is what is read of a service hook's body: ids and nothing else. Of an
// update the id is the update's own, and the work item's stands beside it.
type hook struct {
	Event    string `json:"eventType"`
	Resource struct {
		ID       number32 `json:"id"`
		WorkItem number32 `json:"workItemId"`
		Revision struct {
			ID number32 `json:"id"`
		} `json:"revision"`
		Relations json.RawMessage `json:"relations"` // of an update an object; of others a list, as it stands
	} `json:"resource"`
}

// number32 is an id that may be written in any way; anything else is 0.
type number32 int

// UnmarshalJSON never fails: what is no id names no item.
func (n *number32) UnmarshalJSON(source []byte) error {
	var w whole
	if w.UnmarshalJSON(source) == nil && w > 0 && w < 1<<31 {
		*n = number32(w)
	}
	return nil
}

// ids lists the work items that a hook speaks of, the one that it is about
// first: then the other ends of links that came or went.
func (h hook) ids() []int {
	about := int(h.Resource.WorkItem)
	if about == 0 {
		about = int(h.Resource.Revision.ID)
	}
	if about == 0 && h.Event != "workitem.updated" {
		about = int(h.Resource.ID)
	}
	ids := []int{about}
	var changed struct{ Added, Removed []struct{ URL string } }
	if json.Unmarshal(h.Resource.Relations, &changed) == nil {
		for _, rel := range append(changed.Added, changed.Removed...) {
			if m := workItemURL.FindStringSubmatch(rel.URL); m != nil {
				if id, err := strconv.ParseInt(m[1], 10, 32); err == nil {
					ids = append(ids, int(id))
				}
			}
		}
	}
	return ids
}
