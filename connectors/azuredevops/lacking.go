package azuredevops

import (
	"errors"
	"net/http"
	"sync"

	"github.com/trackwarden/trackwarden/backlog"
)

// lacks reports whether the organisation does not offer what was asked for, or
// not to us: old servers, doubles, and tokens of few rights. Of a work item's
// own path it may also mean that the item is not there.
func lacks(err error) bool {
	if errors.Is(err, backlog.ErrUnauthorized) {
		return false
	}
	switch status(err) {
	case http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented:
		return true
	}
	return false
}

// optional turns the lack of something into a problem, a full sentence, and
// leaves every other error.
func optional(err error, problems *[]string, sentence string) error {
	if !lacks(err) {
		return err
	}
	*problems = append(*problems, sentence)
	return nil
}

// absences remembers what reading found missing, until it is there again.
type absences struct {
	mu   sync.Mutex
	what map[string]string // sentence by name
}

func (a *absences) set(name, sentence string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.what == nil {
		a.what = map[string]string{}
	}
	a.what[name] = sentence
}

func (a *absences) clear(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.what, name)
}

// sentences says what is missing, for these names.
func (a *absences) sentences(names ...string) (all []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, name := range names {
		if s := a.what[name]; s != "" {
			all = append(all, s)
		}
	}
	return all
}
