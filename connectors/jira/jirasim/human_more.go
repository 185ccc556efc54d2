package jirasim

import (
	"fmt"
	"maps"
)

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
	return i.now().key
}

// AddComment adds a comment in wiki text and returns its id.
func (h *Human) AddComment(key, body string) (id string, err error) {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return "", fmt.Errorf("comment on %s: no such issue", key)
	}
	return text(w.addComment(i, h.account, body, nil)["id"]), nil
}

// EditComment replaces the words of anybody's comment.
func (h *Human) EditComment(key, id, body string) error {
	return h.onComment(key, id, func(i *issue, at int) {
		h.world.changeComment(i, at, h.account, body, nil)
	})
}

// DeleteComment deletes anybody's comment.
func (h *Human) DeleteComment(key, id string) error {
	return h.onComment(key, id, h.world.dropComment)
}

// DropCommentProperties removes all properties of a comment and leaves its
// words: some tools that edit comments do so.
func (h *Human) DropCommentProperties(key, id string) error {
	return h.onComment(key, id, func(i *issue, at int) {
		next := i.now().edit()
		next.comments[at] = maps.Clone(next.comments[at])
		delete(next.comments[at], "properties")
		h.world.commit(i, next, false)
	})
}

func (h *Human) onComment(key, id string, do func(i *issue, at int)) error {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return fmt.Errorf("change comment %s of %s: no such issue", id, key)
	}
	at := i.now().commentAt(id)
	if at < 0 {
		return fmt.Errorf("change comment %s of %s: no such comment", id, key)
	}
	do(i, at)
	return nil
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
	i.hidden = hidden
	w.version++
	return nil
}

// SetProperty sets an issue property, as another program would. What it does to
// `updated` is the site's setting.
func (h *Human) SetProperty(key, property string, value any) error {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return fmt.Errorf("set property of %s: no such issue", key)
	}
	next := i.now().edit()
	next.properties[property] = plain(value)
	w.commit(i, next, w.settings.PropertiesTouch)
	return nil
}
