package pull

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

const week = 7 * 24 * time.Hour

// A field is missed only where people used it: filled on at least this share of
// all items of the type.
const usedShare = 0.05

// Values have vanished when, since the last census, at least so many items of a
// type lost the value of a field in a change, and no fewer than kept it. They
// are back when fewer than that are without.
const emptiedAtLeast = 5

// drift compares how the site is built with how it was. A field that people
// used and that is gone from a type, or goes by another name, is suspended
// there: what policies would make of it is not known. It is trusted again when
// it is as it was, or when the settings name the field.
func (p *Puller) drift(ctx context.Context, connection string, site backlog.Site) error {
	layouts, err := p.Store.Layouts(ctx, site.ID)
	if err != nil {
		return err
	}
	before := make(map[typeOf]backlog.Layout, len(layouts))
	for _, l := range layouts {
		before[typeOf{l.Project, l.Type}] = l
	}
	d := &drifting{Puller: p, connection: connection, site: site}
	if err := d.load(ctx, backlog.ByLayout); err != nil {
		return err
	}
	var learnt []backlog.Layout
	for _, t := range site.Types {
		old, known := before[typeOf{t.Project, t.Name}]
		now := backlog.Layout{Project: t.Project, Type: t.Name, Fields: t.Layout, Names: maps.Clone(t.Names)}
		if known {
			if err := d.compare(ctx, old, t, &now); err != nil {
				return err
			}
		}
		if !known || now.Fields != old.Fields || !maps.Equal(now.Names, old.Names) {
			learnt = append(learnt, now)
		}
	}
	if len(learnt) == 0 {
		return nil
	}
	return p.Store.SaveLayouts(ctx, site.ID, learnt)
}

type typeOf struct{ project, name string }

type fieldAt struct {
	typeOf
	field backlog.Field
}

// drifting suspends fields of a site and lifts that again.
type drifting struct {
	*Puller
	connection string
	site       backlog.Site
	suspended  map[fieldAt]backlog.Suspension // by the cause that is looked at
	usage      map[typeOf]backlog.Usage       // nil until it is asked for
}

func (d *drifting) load(ctx context.Context, cause backlog.SuspensionCause) error {
	all, err := d.Store.Suspensions(ctx)
	if err != nil {
		return err
	}
	d.suspended = map[fieldAt]backlog.Suspension{}
	for _, s := range all {
		if s.Connection == d.connection && s.Cause == cause {
			d.suspended[fieldAt{typeOf{s.Project.ID, s.Type}, s.Field}] = s
		}
	}
	return nil
}

// compare looks at every field of a type. What drifted stays in the layout that
// is remembered, so that its return is noticed.
func (d *drifting) compare(ctx context.Context, old backlog.Layout, t backlog.ItemType, now *backlog.Layout) error {
	for _, f := range backlog.Fields() {
		why := d.drifted(old, t, f)
		used, err := d.used(ctx, typeOf{t.Project, t.Name}, f, why != "")
		if err != nil {
			return err
		}
		at := fieldAt{typeOf{t.Project, t.Name}, f}
		_, suspended := d.suspended[at]
		switch {
		case why == "" && suspended:
			err = d.lift(ctx, at)
		case why != "" && (used || suspended):
			now.Fields = now.Fields.With(f)
			if name := old.Names[f.String()]; name != "" {
				if now.Names == nil {
					now.Names = map[string]string{}
				}
				now.Names[f.String()] = name
			}
			err = d.suspend(ctx, at, backlog.ByLayout, why)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// drifted says what became of a field since; empty when it is as it was.
func (d *drifting) drifted(old backlog.Layout, t backlog.ItemType, f backlog.Field) string {
	was, is := old.Names[f.String()], t.Names[f.String()]
	switch {
	case !old.Fields.Has(f) || t.Used.Has(f) && t.Layout.Has(f):
		return ""
	case !t.Layout.Has(f):
		return fmt.Sprintf("field %s is no longer on %s in %s: policies that need it are suspended there", called(was, f), t.Name, d.project(t.Project).Key)
	case was != "" && is != "" && was != is:
		return fmt.Sprintf("field %s on %s in %s is now called %s, or another one took its place: policies that need it are suspended there",
			was, t.Name, d.project(t.Project).Key, is)
	}
	return ""
}

func called(name string, f backlog.Field) string {
	if name != "" {
		return name
	}
	return f.String()
}

// used reports whether people fill the field on a type, where that is asked.
func (d *drifting) used(ctx context.Context, t typeOf, f backlog.Field, asked bool) (bool, error) {
	if !asked {
		return false, nil
	}
	if d.usage == nil {
		all, err := d.Store.Usage(ctx, time.Time{})
		if err != nil {
			return false, fmt.Errorf("count field usage: %w", err)
		}
		d.usage = map[typeOf]backlog.Usage{}
		for _, u := range all {
			if u.Site == d.site.ID {
				d.usage[typeOf{u.Project, u.Type}] = u
			}
		}
	}
	u := d.usage[t]
	return u.Filled[f] > 0 && float64(u.Filled[f]) >= usedShare*float64(u.Items), nil
}

func (d *drifting) suspend(ctx context.Context, at fieldAt, cause backlog.SuspensionCause, why string) error {
	fresh, err := d.Store.Suspend(ctx, d.site.ID, backlog.Suspension{
		Connection: d.connection, Project: d.project(at.project), Type: at.name, Field: at.field, Cause: cause, Reason: why, Since: d.Clock(),
	})
	if fresh {
		d.Log.Warn("field cannot be trusted", "connection", d.connection, "reason", why)
	}
	return err
}

func (d *drifting) lift(ctx context.Context, at fieldAt) error {
	d.Log.Info("field can be trusted again", "connection", d.connection, "project", d.project(at.project).Key, "type", at.name, "field", at.field.String())
	return d.Store.Lift(ctx, d.site.ID, backlog.Suspension{Project: d.project(at.project), Type: at.name, Field: at.field})
}

func (d *drifting) project(id string) backlog.Project {
	for _, p := range d.site.Projects {
		if p.ID == id {
			return p
		}
	}
	return backlog.Project{ID: id, Key: id}
}

// drain notices values that vanish from many items at once, as when a field is
// taken away from one project only: its items then come back with it empty.
func (p *Puller) drain(ctx context.Context, connection string, site backlog.Site) error {
	d := &drifting{Puller: p, connection: connection, site: site}
	if err := d.load(ctx, backlog.ByEmptied); err != nil {
		return err
	}
	all, err := p.Store.Emptied(ctx, site.ID)
	if err != nil {
		return err
	}
	for _, e := range all {
		at := fieldAt{typeOf{e.Project, e.Type}, e.Field}
		_, suspended := d.suspended[at]
		if suspended && e.Lost >= emptiedAtLeast {
			delete(d.suspended, at) // still so
			continue
		}
		if e.Lost < emptiedAtLeast || e.Lost < e.Kept || suspended {
			continue
		}
		why := fmt.Sprintf("field %s became empty on many items of type %s in %s at once: policies that need it are suspended there", e.Field, e.Type, d.project(e.Project).Key)
		if err := d.suspend(ctx, at, backlog.ByEmptied, why); err != nil {
			return err
		}
	}
	for at := range d.suspended {
		if err := d.lift(ctx, at); err != nil {
			return err
		}
	}
	return nil
}
