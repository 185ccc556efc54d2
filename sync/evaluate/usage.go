package evaluate

import (
	"context"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A field counts as used when at least this share of the items touched in the
// window has it filled.
const (
	usedShare  = 0.05
	usedWindow = 180 * 24 * time.Hour
)

type typeKey struct {
	site    backlog.SiteID
	project string
	name    string
}

// usage knows which fields people use, per project and type. A policy about a
// field that nobody uses would paint everything red and teach nobody anything.
type usage map[typeKey]backlog.FieldSet

// newUsage takes the counts of the window and those of all time; the latter
// speak for a type of which nothing was touched in the window.
func newUsage(sites map[string]backlog.Site, recent, ever []backlog.Usage) usage {
	filled := map[typeKey]backlog.Usage{}
	for _, counted := range [][]backlog.Usage{ever, recent} {
		for _, c := range counted {
			if c.Items > 0 {
				filled[typeKey{c.Site, c.Project, c.Type}] = c
			}
		}
	}
	types := map[typeKey]backlog.ItemType{}
	for _, site := range sites {
		for _, t := range site.Types {
			types[typeKey{site.ID, t.Project, t.Name}] = t
		}
	}
	u := usage{}
	for key := range filled {
		u[key] = usedFields(types[key], filled[key])
	}
	for key, t := range types {
		u[key] = usedFields(t, filled[key])
	}
	return u
}

// usedFields are the fields of a type that people fill. One that the settings
// declare is used, whatever the statistics say.
func usedFields(t backlog.ItemType, c backlog.Usage) backlog.FieldSet {
	set := t.Used
	for _, f := range backlog.Fields() {
		switch {
		case c.Items == 0:
			if t.Layout.Has(f) {
				set = set.With(f)
			}
		case !t.Layout.Has(f) && c.Filled[f] == 0:
		case float64(c.Filled[f]) >= usedShare*float64(c.Items):
			set = set.With(f)
		}
	}
	return set
}

// used reports whether people fill the field on this item's type.
func (u usage) used(item backlog.Item, f backlog.Field) bool {
	return u[keyOf(item)].Has(f)
}

func keyOf(item backlog.Item) typeKey {
	return typeKey{item.ID.Site, item.Project.ID, item.Type}
}

// usedType is how usage is kept between runs.
type usedType struct {
	Connection, Project, Type string // the project's id
	Used                      backlog.FieldSet
}

const usageKey = "evaluate/used"

// used counts which fields are used, and marks the items of those types of
// which people have begun or ceased to fill a field since the last run.
func (e *Evaluator) used(ctx context.Context, sites map[string]backlog.Site) (usage, error) {
	now, err := e.usage(ctx, sites)
	if err != nil {
		return nil, err
	}
	if err := e.markUsage(ctx, sites, now); err != nil {
		return nil, fmt.Errorf("mark types by the usage of their fields: %w", err)
	}
	return now, nil
}

func (e *Evaluator) markUsage(ctx context.Context, sites map[string]backlog.Site, now usage) error {
	var kept []usedType
	if _, err := remembered(ctx, e.Store, usageKey, &kept); err != nil {
		return err
	}
	before := map[typeKey]backlog.FieldSet{}
	for _, t := range kept {
		before[typeKey{sites[t.Connection].ID, t.Project, t.Type}] = t.Used
	}
	kept = kept[:0]
	moved := false
	for connection, site := range sites {
		for key, set := range now {
			if key.site != site.ID {
				continue
			}
			kept = append(kept, usedType{connection, key.project, key.name, set})
			if was, known := before[key]; known && was == set {
				continue
			}
			moved = true
			if err := e.Store.MarkDirty(ctx, "usage", backlog.Some{Connection: connection, ProjectID: key.project, Type: key.name}); err != nil {
				return err
			}
		}
	}
	if !moved {
		return nil
	}
	return remember(ctx, e.Store, usageKey, kept)
}
