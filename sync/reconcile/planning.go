package reconcile

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// plan plans one connection: everything that there may be something to plan
// on, or, in a pass that writes, what is due. Due is what changed since it was
// looked at, what has to be looked at again because time passed, and what was
// to be written and is not yet; and everything when the day or the settings
// are others.
func (r *Reconciler) plan(ctx context.Context, depth Depth, c Connection, o *Outcome, s plan.Settings, w plan.World) error {
	due := depth == Apply && (c.Writer != nil || r.Sparing)
	if due {
		if err := r.rebase(ctx, c, o, s, w); err != nil {
			return err
		}
	}
	through, now := newSieve(o), w.Now
	writing := depth == Apply && c.Writer != nil
	var reactions []backlog.Planned
	err := r.Store.EachCandidate(ctx, o.Site.ID, due, func(candidate backlog.Candidate) time.Time {
		if !through.lets(candidate) {
			return time.Time{}
		}
		view := backlog.View{Candidate: candidate}
		change, held := plan.One(view, s, w)
		if held != "" {
			o.Plan.Held = append(o.Plan.Held, backlog.Held{Connection: s.Connection, Item: candidate.ID, Key: candidate.Key, Reason: held})
		}
		if !change.Empty() {
			o.Plan.Changes = append(o.Plan.Changes, change)
		}
		if writing && !change.React.Empty() {
			reactions = append(reactions, change)
		}
		looks := change.Look && writing
		if looks && change.Empty() && len(o.Plan.Looks) < looksPerPass {
			o.Plan.Looks = append(o.Plan.Looks, change)
		}
		if candidate.Busy || looks || !change.Empty() && c.Writer != nil {
			return now
		}
		return plan.Again(view, s, w)
	})
	if err != nil {
		return fmt.Errorf("plan: %w", err)
	}
	if err := r.react(ctx, o, reactions); err != nil {
		return err
	}
	slices.SortStableFunc(o.Plan.Changes, func(a, b backlog.Planned) int { return byKey(a.Key, b.Key) })
	slices.SortStableFunc(o.Plan.Held, func(a, b backlog.Held) int { return byKey(a.Key, b.Key) })
	return r.rest(ctx, through)
}

// byKey orders keys of one project after the other, by their numbers.
func byKey(a, b string) int {
	return cmp.Or(cmp.Compare(a[:strings.LastIndexByte(a, '-')+1], b[:strings.LastIndexByte(b, '-')+1]), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

// rebase makes everything due when what planning goes by is not what it was.
func (r *Reconciler) rebase(ctx context.Context, c Connection, o *Outcome, s plan.Settings, w plan.World) error {
	now, key := basis(c, o, s, w), "plan/"+c.Name
	before, err := r.Store.Setting(ctx, key)
	if err == nil && before != now {
		err = r.Store.OweAll(ctx, o.Site.ID, key, now)
	}
	if err != nil {
		return fmt.Errorf("look up what planning goes by: %w", err)
	}
	return nil
}

// basis identifies what planning goes by, beside the items: the day, the
// settings and rights, which iterations run and which are ahead, what is in
// doubt, and whether anything may be written.
func basis(c Connection, o *Outcome, s plan.Settings, w plan.World) string {
	type iteration struct {
		backlog.Iteration
		Ahead, Running bool
	}
	iterations := make([]iteration, len(w.Iterations))
	for i, it := range w.Iterations {
		iterations[i] = iteration{it, it.Ahead(w.Now), it.Running(w.Now)}
	}
	doubts := o.Doubts()
	var doubted []string
	for source, why := range doubts {
		doubted = append(doubted, source.Project+" "+why)
	}
	slices.Sort(doubted)
	encoded, err := json.Marshal([]any{backlog.Day(w.Now, s.Zone), s.Zone.String(), s, iterations, doubted, c.Writer != nil})
	if err != nil { // texts, numbers and times: cannot fail
		encoded = []byte(w.Now.String())
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:12])
}
