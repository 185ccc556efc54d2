package azuredevops

import (
	"sync"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// optional turns the lack of something into a problem, a full sentence, and
// leaves every other error.
func optional(err error, problems *[]string, sentence string) error {
	if !rest.NotOffered(err) {
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
