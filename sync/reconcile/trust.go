package reconcile

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/evaluate"
)

// Doubts says, per project, why its data may not be whole. Such a project
// freezes its own findings and is not written on; the others carry on.
func (o Outcome) Doubts() map[backlog.Source]string {
	doubts := map[backlog.Source]string{}
	for _, c := range o.Pull.Coverage {
		if c.State != backlog.Complete {
			doubts[backlog.Source{Connection: o.Name, Project: c.Project}] = cmp.Or(c.Reason, string(c.State))
		}
	}
	return doubts
}

// Doubt says why the connection's data may not be whole; empty when it is.
func (o Outcome) Doubt() string {
	var reasons []string
	for _, state := range []backlog.CoverageState{backlog.Suspect, backlog.Failed} {
		for _, c := range o.Pull.Coverage {
			if c.State != state {
				continue
			}
			reason := cmp.Or(c.Reason, string(c.State))
			if !strings.Contains(reason, c.Project) {
				reason = c.Project + ": " + reason
			}
			if !slices.Contains(reasons, reason) {
				reasons = append(reasons, reason)
			}
		}
	}
	return strings.Join(reasons, "; ")
}

// believe says how far what was pulled can be trusted: which projects are in
// doubt, which fields are suspended, and whether every configured connection
// has been seen whole once, so that what is not there is known not to be there.
func (r *Reconciler) believe(ctx context.Context, result *Result, scope *evaluate.Scope) error {
	scope.Doubt, scope.Whole = map[backlog.Source]string{}, true
	for _, o := range result.Connections {
		if o.pulled {
			scope.Connections = append(scope.Connections, o.Name)
			for source, why := range o.Doubts() {
				scope.Doubt[source] = why
			}
		}
		whole, err := r.seenWhole(ctx, o)
		if err != nil {
			return err
		}
		scope.Whole = scope.Whole && whole
	}
	var err error
	scope.Suspended, err = r.Store.Suspensions(ctx)
	return err
}

// seenWhole reports whether every project of a connection had one good census.
func (r *Reconciler) seenWhole(ctx context.Context, o Outcome) (bool, error) {
	if o.Site.ID == "" {
		return false, nil
	}
	projects, err := r.Store.Projects(ctx, o.Site.ID)
	if err != nil {
		return false, err
	}
	seen := 0
	for _, k := range projects {
		switch {
		case !k.Departed.IsZero():
		case k.Census.IsZero():
			return false, nil
		default:
			seen++
		}
	}
	return seen > 0, nil
}

// sieve lets those candidates through that may be planned on, and says of the
// others why nothing is written there.
type sieve struct {
	o      *Outcome
	doubts map[backlog.Source]string
	told   map[backlog.Source]bool
}

func newSieve(o *Outcome) *sieve {
	return &sieve{o: o, doubts: o.Doubts(), told: map[backlog.Source]bool{}}
}

func (s *sieve) hold(id backlog.ItemID, key, reason string) {
	s.o.Plan.Held = append(s.o.Plan.Held, backlog.Held{Connection: s.o.Name, Item: id, Key: key, Reason: reason})
}

func (s *sieve) lets(c backlog.Candidate) bool {
	source := backlog.Source{Connection: s.o.Name, Project: c.Project.Key}
	switch {
	case s.doubts[source] != "":
		s.told[source] = true
		s.hold(c.ID, c.Key, notWritten+s.doubts[source])
	case c.Presence == backlog.Missing:
		s.hold(c.ID, c.Key, "the tracker does not show the item any more")
	default:
		return true
	}
	return false
}

// rest says what no candidate has told. What is ours on items that left the
// scope is listed and left.
func (r *Reconciler) rest(ctx context.Context, s *sieve) error {
	for _, c := range s.o.Pull.Coverage { // where there is nothing to write on, say so all the same
		source := backlog.Source{Connection: s.o.Name, Project: c.Project}
		if s.doubts[source] != "" && !s.told[source] {
			s.told[source] = true
			s.hold(backlog.ItemID{}, "", notWritten+s.doubts[source])
		}
	}
	left, err := r.Store.LeftBehind(ctx, s.o.Site.ID)
	if err != nil {
		return fmt.Errorf("list what was left behind: %w", err)
	}
	for _, l := range left {
		s.hold(l.Item, l.Key, "left the scope; what is ours there stays: "+ours(l.Owned))
	}
	return nil
}

const notWritten = "nothing is written on data in doubt: "

// ours names annotations for people.
func ours(all []backlog.Owned) string {
	var parts []string
	for _, o := range all {
		if o.Kind == backlog.OwnedComment {
			parts = append(parts, "a comment")
		} else {
			parts = append(parts, "label "+o.Value)
		}
	}
	return strings.Join(parts, ", ")
}

// doubted are the ids of the projects in doubt, with the reason.
func (r *Reconciler) doubted(ctx context.Context, o *Outcome) (map[string]string, error) {
	doubts := o.Doubts()
	if len(doubts) == 0 {
		return nil, nil
	}
	projects, err := r.Store.Projects(ctx, o.Site.ID)
	if err != nil {
		return nil, fmt.Errorf("find projects in doubt: %w", err)
	}
	ids := map[string]string{}
	for _, k := range projects {
		if why := doubts[backlog.Source{Connection: o.Name, Project: k.Key}]; why != "" {
			ids[k.ID] = why
		}
	}
	return ids, nil
}
