package evaluate

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/policies/wording"
)

// judge holds what is the same for every subject of one run.
type judge struct {
	library  Library
	settings Settings
	usage    usage
	trust    trust
	basis    string
	calendar calendar
	now      time.Time
	known    engine.Known
	rules    *ruleCache
	byLevel  map[backlog.Level][]engine.Policy
	reads    map[backlog.Level]backlog.Reads // what they look at beside the item
	stories  *wording.Reader
}

func (e *Evaluator) judge(trust trust, used usage) (*judge, error) {
	now := e.Clock()
	calendar, err := newCalendar(now, e.Settings.Zone)
	if err != nil {
		return nil, err
	}
	stories, err := wording.NewReader()
	if err != nil {
		return nil, err
	}
	j := &judge{
		library: e.Library, settings: e.Settings, usage: used, trust: trust, basis: e.basis(), calendar: calendar, now: now,
		byLevel: map[backlog.Level][]engine.Policy{}, reads: map[backlog.Level]backlog.Reads{}, stories: stories,
	}
	j.known.Personas = e.Settings.Organisation.Personas
	for _, t := range e.Settings.Organisation.Teams {
		j.known.Teams = append(j.known.Teams, t.Name)
	}
	for _, t := range e.Settings.Organisation.Themes {
		j.known.Themes = append(j.known.Themes, t.Name)
	}
	for _, p := range e.Library.Policies() {
		if p.Subject == backlog.ItemSubject {
			j.byLevel[p.Level] = append(j.byLevel[p.Level], p)
			j.reads[p.Level] = j.reads[p.Level].With(p.Reads)
		}
	}
	j.rules = &ruleCache{resolve: e.Settings.Rule, byLevel: j.byLevel}
	return j, nil
}

// all judges a batch on every core. A subject that is no longer judged has
// nothing to say and nothing to clear.
func (j *judge) all(ctx context.Context, b backlog.Batch) ([]backlog.Judged, error) {
	marks := make(map[int64]backlog.Dirty, len(b.Marks))
	for _, m := range b.Marks {
		marks[m.Number] = m
	}
	judged := make([]backlog.Judged, len(b.Families), len(b.Families)+len(b.Marks))
	group, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		group.Go(func() (err error) {
			for i := w; i < len(judged) && err == nil; i += workers {
				f := &b.Families[i]
				judged[i], err = j.one(ctx, f)
				judged[i].DirtySeq = marks[f.Number].Seq
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, f := range b.Families {
		delete(marks, f.Number)
	}
	for _, m := range marks {
		judged = append(judged, backlog.Judged{Judgement: backlog.Judgement{Subject: m.Subject}, Number: m.Number, DirtySeq: m.Seq, At: j.now, Vanished: true})
	}
	return judged, nil
}

// one judges one item.
func (j *judge) one(ctx context.Context, f *backlog.Family) (backlog.Judged, error) {
	at := j.place(&f.Stored)
	in := j.input(f, at)
	outcomes, err := j.say(ctx, f, at, &in)
	if err != nil {
		return backlog.Judged{}, err
	}
	judgement := backlog.Judgement{
		Subject:  backlog.Subject{Kind: backlog.ItemSubject, ID: in.Subject.ID},
		Revision: j.library.Revision(), Today: j.calendar.today, Team: at.team,
		Outcomes: outcomes,
	}
	judged := settle(judgement, f.Open, j.now)
	if len(f.Open) > 0 && j.trust.doubt(sourceOf(&f.Stored)) == "" {
		judged.Closed = append(judged.Closed, unasked(judgement, f.Open)...)
	}
	judged.Number = f.Number
	judged.Input = func() string { return version(json.Marshaler(j.input(f, at))) }
	return judged, nil
}

// say asks the policies of an item's level. The only error is that of the
// context.
func (j *judge) say(ctx context.Context, f *backlog.Family, at place, in *engine.Input) ([]backlog.PolicyOutcome, error) {
	result, err := j.library.Evaluate(ctx, *in)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		result = engine.Result{Failed: map[string]error{}}
		for _, p := range j.byLevel[f.Level] {
			result.Failed[p.ID] = err
		}
	}
	return j.outcomes(f, at, &in.Facts, result), nil
}

// calendar counts days as the organisation does. A judgement holds for a whole
// day: nothing of it may depend on the hour.
type calendar struct {
	zone  *time.Location
	today string // YYYY-MM-DD
	days  int64  // of today, since 1970
	end   time.Time
}

func newCalendar(now time.Time, zone *time.Location) (calendar, error) {
	c := calendar{zone: zone, today: backlog.Day(now, zone)}
	midnight, err := time.ParseInLocation(time.DateOnly, c.today, zone)
	if err != nil {
		return c, fmt.Errorf("read today's date: %w", err)
	}
	c.days, c.end = c.number(midnight), midnight.AddDate(0, 0, 1).Add(-time.Nanosecond)
	return c, nil
}

// day is a date; empty for no time at all.
func (c *calendar) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return backlog.Day(t, c.zone)
}

const secondsOfDay = int64(24 * time.Hour / time.Second)

// number numbers the dates.
func (c *calendar) number(t time.Time) int64 {
	year, month, day := t.In(c.zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay
}

// since counts days on the calendar up to today, never negative: a tracker's
// clock may be ahead of ours.
func (c *calendar) since(t time.Time) int {
	if t.IsZero() {
		return 0
	}
	return max(0, int(c.days-c.number(t)))
}
