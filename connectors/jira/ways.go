package jira

import (
	"net/http"
	"regexp"
	"sync"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// ways remembers which of several requests that ask the same a site answers.
type ways struct {
	mu    sync.Mutex
	works map[string]int // by what is asked: the position of the way
}

// known is the way that worked; -1 before one did.
func (w *ways) known(what string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if i, ok := w.works[what]; ok {
		return i
	}
	return -1
}

func (w *ways) remember(what string, way int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.works == nil {
		w.works = map[string]int{}
	}
	w.works[what] = way
}

// try goes through the ways, the best first, until the site offers one. Once a
// way worked, only that one is gone, so that "not found" is about the thing
// and not about the way; unless the answer says that the way is closed now.
// When there is no way, it gives the best one's error.
func (w *ways) try(what string, all ...func() error) error {
	if i := w.known(what); i >= 0 {
		err := all[i]()
		if s := rest.Status(err); !rest.NotOffered(err) || s == http.StatusNotFound || s == http.StatusForbidden {
			return err
		}
	}
	var best error
	for i, way := range all {
		err := way()
		if err == nil {
			w.remember(what, i)
		}
		if !rest.NotOffered(err) {
			return err
		}
		if best == nil {
			best = err
		}
	}
	return best
}

var (
	version = regexp.MustCompile(`^rest/api/([23])/`)
	ownName = regexp.MustCompile(`/(\d+|[A-Za-z][A-Za-z0-9_]*-\d+)(/|$)`)
)

// counterpart is the path in the other version of the API; empty when there is none.
func counterpart(path string) string {
	m := version.FindStringSubmatch(path)
	if m == nil {
		return ""
	}
	other := "rest/api/2/"
	if m[1] == "2" {
		other = "rest/api/3/"
	}
	return other + path[len(m[0]):]
}

// either makes a request in the version of the API that its path names, or in
// the other one where a site has only that.
func (t *Tracker) either(method, path string, send func(path string) error) error {
	other := counterpart(path)
	if other == "" {
		return send(path)
	}
	return t.ways.try(wayOf(method, path), func() error { return send(path) }, func() error { return send(other) })
}

// wayOf names a request without what it asks about.
func wayOf(method, path string) string { return method + " " + ownName.ReplaceAllString(path, "/*$2") }
