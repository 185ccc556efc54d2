package jirasim

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// issue is one issue: an identity that never changes and the states it went
// through, oldest first. The last state is the truth; search may still see an
// older one.
type issue struct {
	id      string
	num     int64 // the id as a number
	states  []*state
	history []map[string]any // the changelog, oldest first
	remote  []map[string]any // remote links
	hidden  bool             // the account may not see it
	lag     time.Duration    // how much further search is behind with this one
	grown   int              // 1 + its number in the growth; 0 is none of it
	writes  []time.Time      // recent writes through the API, for the limit per issue
}

// state is what an issue was from a moment on. It is never changed: an edit
// makes a new one, so search can show the old.
type state struct {
	at         time.Time // since when; zero is from the start
	key        string
	project    string // key
	fields     map[string]any
	comments   []map[string]any
	properties map[string]any
	created    time.Time
	updated    time.Time
	gone       bool // deleted
}

func (i *issue) now() *state { return i.states[len(i.states)-1] }

// seen is the state that an index built at the moment knows, nil when none.
func (i *issue) seen(at time.Time) *state {
	at = at.Add(-i.lag)
	for _, s := range slices.Backward(i.states) {
		if !s.at.After(at) {
			return s
		}
	}
	return nil
}

// edit copies the state far enough to replace fields, comments and properties.
func (s *state) edit() *state {
	next := *s
	next.fields = maps.Clone(s.fields)
	next.comments = slices.Clone(s.comments)
	next.properties = maps.Clone(s.properties)
	if next.properties == nil {
		next.properties = map[string]any{}
	}
	return &next
}

// commit makes the state the issue's present one; touch moves `updated`.
func (w *World) commit(i *issue, next *state, touch bool) {
	w.keep(i)
	now := w.now()
	next.at = now
	if touch {
		next.updated = now
	}
	i.states = append(i.states, next)
	w.forget(i, now)
	w.version++
	w.tell(i)
}

// forget drops the states that not even a lagging index can see.
func (w *World) forget(i *issue, now time.Time) {
	horizon := now.Add(-w.settings.IndexLag - i.lag)
	for len(i.states) > 1 && !i.states[1].at.After(horizon) {
		i.states = i.states[1:]
	}
}

// insert puts a new issue into the site.
func (w *World) insert(id string, first *state) *issue {
	num, _ := strconv.ParseInt(id, 10, 64) // an id that is no number sorts first
	i := &issue{id: id, num: num, states: []*state{first}}
	w.issues[id] = i
	w.order = append(w.order, i)
	w.byKey[first.key] = i
	w.last.issue = max(w.last.issue, num)
	project, number := splitKey(first.key)
	w.last.key[project] = max(w.last.key[project], number)
	w.version++
	return i
}

// find resolves an id or any key that the issue has had. Deleted ones are not found.
func (w *World) find(idOrKey string) *issue {
	i := w.issues[idOrKey]
	if i == nil {
		i = w.byKey[strings.ToUpper(idOrKey)]
	}
	if i == nil {
		if k, grown := w.growth.place(strings.ToUpper(idOrKey)); grown {
			return w.grownIssue(k)
		}
	}
	if i == nil || i.now().gone {
		return nil
	}
	return i
}

// splitKey splits SHOP-12 into SHOP and 12.
func splitKey(key string) (project string, number int64) {
	dash := strings.LastIndexByte(key, '-')
	if dash < 0 {
		return key, 0
	}
	number, err := strconv.ParseInt(key[dash+1:], 10, 64)
	if err != nil {
		return key, 0
	}
	return key[:dash], number
}
