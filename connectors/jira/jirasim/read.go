package jirasim

import (
	"net/http"
	"slices"
)

// reader is a call without a request, for looking into the site: it sees
// everything the account may see.
func (w *World) reader() *call {
	return &call{World: w, r: &http.Request{}}
}

// Issue is the issue as GET /rest/api/2/issue would show it, with properties,
// whether or not the account may see it. nil when there is none.
func (w *World) Issue(key string) map[string]any {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return nil
	}
	shown, _ := plain(w.reader().showIssue(i, i.now(), want{properties: []string{"*all"}})).(object)
	return shown
}

// Comments are the issue's comments as v2 shows them, with properties, in the
// order they were written.
func (w *World) Comments(key string) []map[string]any {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return nil
	}
	var all []map[string]any
	for _, o := range i.now().comments {
		all = append(all, plain(w.reader().showComment(i, o, true)).(object))
	}
	return all
}

// Labels are the issue's labels.
func (w *World) Labels(key string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return nil
	}
	labels := []string{}
	for _, l := range asList(i.now().fields["labels"]) {
		labels = append(labels, text(l))
	}
	return labels
}

// Keys are the keys of all issues that are not deleted, in the order they were
// added.
func (w *World) Keys() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var keys []string
	for _, i := range w.order {
		if !i.now().gone {
			keys = append(keys, i.now().key)
		}
	}
	for k := range w.growth.size() {
		if !w.growth.kept[k] {
			keys = append(keys, w.growth.key(k))
		}
	}
	return slices.Clip(keys)
}
