package simulator

import (
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Faults holds the rules, in order: the first that matches a request acts. It
// is safe for concurrent use.
type Faults struct {
	mu    sync.Mutex
	rand  *rand.Rand
	rules []*armed
}

// armed is a rule with its compiled pattern and what it has met so far.
type armed struct {
	Rule
	path  *regexp.Regexp
	hits  int // matching requests seen
	acted int // how often it acted
}

// NewFaults returns an empty set of rules. The seed decides what rules with a
// Chance do: one seed is one run.
func NewFaults(seed uint64) *Faults {
	return &Faults{rand: rand.New(rand.NewPCG(seed, seed))}
}

// Add appends a rule. A Path that is no regular expression is taken literally.
func (f *Faults) Add(r Rule) {
	path, err := regexp.Compile(r.Path)
	if err != nil {
		path = regexp.MustCompile(regexp.QuoteMeta(r.Path))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = append(f.rules, &armed{Rule: r, path: path})
}

// Clear removes all rules.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = nil
}

// pick returns the rule that acts on the request, or nil.
func (f *Faults) pick(r *http.Request) *Rule {
	if f == nil {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.rules {
		if a.matches(r) && a.acts(f.rand) {
			rule := a.Rule
			return &rule
		}
	}
	return nil
}

func (a *armed) matches(r *http.Request) bool {
	target := r.URL.Path
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	return (a.Method == "" || slices.Contains(strings.Split(a.Method, "|"), r.Method)) && a.path.MatchString(target)
}

// acts counts the hit and says whether the rule's turn has come.
func (a *armed) acts(rnd *rand.Rand) bool {
	a.hits++
	switch {
	case a.hits < a.From, a.Times > 0 && a.acted >= a.Times:
		return false
	case a.Chance > 0 && rnd.Float64() >= a.Chance:
		return false
	}
	a.acted++
	return true
}
