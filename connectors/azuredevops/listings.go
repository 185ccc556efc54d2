package azuredevops

import (
	"slices"
	"sync"
)

// listings are the ids that were listed to cut projects into ranges. Whoever
// reads such a range from its beginning need not ask for them again: what came
// into the range since, or left it, the feeds bring, which begin where the
// backfill began. Each list is handed out once, and a range that is read again,
// or by another process, is listed anew.
type listings struct {
	mu  sync.Mutex
	ids map[beginning][]int
}

// beginning is where a range begins.
type beginning struct {
	project  string // id
	from, to int
}

// keep remembers the ids of ranges. The last one of a project has no end: what
// is created while it is read belongs to it, so it is listed when it is read.
func (l *listings) keep(project string, ids []int, spans []span) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ids == nil {
		l.ids = map[beginning][]int{}
	}
	for _, s := range spans {
		if s.to > 0 {
			l.ids[beginning{project, s.from, s.to}] = slices.Clone(ids[:s.items])
		}
		ids = ids[s.items:]
	}
}

// take hands out the ids of a range, if they are known.
func (l *listings) take(project string, from, to int) ([]int, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := beginning{project, from, to}
	ids, known := l.ids[at]
	delete(l.ids, at)
	return ids, known
}
