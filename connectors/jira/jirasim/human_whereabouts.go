package jirasim

import "fmt"

// Create adds an issue as a person would and returns its key. Unlike AddIssue,
// a lagging search does not see it at once.
func (h *Human) Create(native map[string]any) string {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	full := withDefaults(native)
	full["fields"].(object)["reporter"] = h.account
	i := w.add(full)
	i.now().at = w.now()
	w.announce("jira:issue_created", i, object{"issue_event_type_name": "issue_created", "user": w.reader().showUser(h.account)})
	return i.now().key
}

// Delete deletes an issue for good: Jira has no recycle bin.
func (h *Human) Delete(key string) error {
	return h.edit(key, func(_ *project, next *state) error {
		next.gone = true
		return nil
	})
}

// Move moves an issue to another project and returns its new key. The id stays,
// and the old key still leads to it.
func (h *Human) Move(key, toProject string) (newKey string, err error) {
	w := h.world
	err = h.edit(key, func(_ *project, next *state) error {
		p := w.project(toProject, "")
		p.has(text(asObject(next.fields["issuetype"], "id")["id"]))
		i, from, oldKey := w.find(key), next.project, next.key
		next.project, next.key = p.Key, w.nextKey(p.Key)
		w.byKey[next.key] = i
		newKey = next.key
		w.record(i, h.account, []change{{Field{ID: "project"}, from, p.Key}, {Field{ID: "Key"}, oldKey, newKey}})
		return nil
	})
	return newKey, err
}

// Hide takes an issue out of the account's sight, as a security level does;
// `updated` stays.
func (h *Human) Hide(key string) error { return h.hide(key, true) }

// Unhide brings it back.
func (h *Human) Unhide(key string) error { return h.hide(key, false) }

func (h *Human) hide(key string, hidden bool) error {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return fmt.Errorf("hide %s: no such issue", key)
	}
	w.keep(i)
	i.hidden = hidden
	w.version++
	return nil
}
