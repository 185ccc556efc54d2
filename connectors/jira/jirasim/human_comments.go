package jirasim

import (
	"fmt"
	"maps"
)

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
