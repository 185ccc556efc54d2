package pull

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A census is taken when the last one is older than this, or did not end well.
const censusEvery = 24 * time.Hour

// coverage says, per project, how much of it the store really holds.
func (p *Puller) coverage(ctx context.Context, connection string, reader backlog.Reader, result *Result) ([]backlog.Coverage, error) {
	counts, err := p.Store.Counts(ctx, connection)
	if err != nil {
		return nil, fmt.Errorf("count items: %w", err)
	}
	last, err := p.Store.LastPasses(ctx)
	if err != nil {
		return nil, fmt.Errorf("load passes: %w", err)
	}
	var all []backlog.Coverage
	for _, project := range result.Site.Projects {
		c := backlog.Coverage{Connection: connection, Project: project.Key, Seen: counts[project.Key], AsOf: result.Site.Now}
		if before, ok := fresh(last[connection], project.Key, p.Clock()); ok {
			c.Expected, c.State, c.Census = c.Seen+before.Expected-before.Seen, backlog.Complete, before.Census
			c.Reason = before.Reason // what could not be understood then
			c.Basis = "every change since the census of " + before.Census.UTC().Format("2 Jan 2006 15:04")
		} else if err := p.census(ctx, connection, reader, project, result, &c); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return append(all, invisible(connection, result.Site)...), nil
}

// fresh finds a project's last coverage if its census still holds.
func fresh(last backlog.PassRecord, project string, now time.Time) (backlog.Coverage, bool) {
	for _, c := range last.Coverage {
		age := now.Sub(c.Census) // negative after the clock was set back
		if c.Project == project && c.State == backlog.Complete && age >= 0 && age < censusEvery {
			return c, true
		}
	}
	return backlog.Coverage{}, false
}

// census compares the project's identities with the store's. What the store
// lacks may only just have been created, so it is fetched before it counts as
// a gap.
func (p *Puller) census(ctx context.Context, connection string, reader backlog.Reader, project backlog.Project, result *Result, c *backlog.Coverage) error {
	ids, basis, err := identities(ctx, reader, backlog.ProjectID{Site: result.Site.ID, ID: project.ID})
	if err != nil && !errors.Is(err, backlog.ErrIncomplete) {
		return fmt.Errorf("take census of %s: %w", project.Key, err)
	}
	c.Expected, c.Basis, c.Census = len(ids), basis, p.Clock()
	if err != nil {
		c.State, c.Reason = backlog.Suspect, err.Error()
		return nil
	}
	hidden, broken, err := p.fill(ctx, connection, reader, ids, result)
	if err != nil {
		return err
	}
	c.Seen = len(ids) - hidden - broken
	c.State = backlog.Complete
	switch {
	case hidden > 0:
		c.State, c.Reason = backlog.Suspect, fmt.Sprintf("%d items of the census could not be read", hidden)
	case broken > 0: // known and named: the others are judged and written on all the same
		c.Reason = fmt.Sprintf("%d items are of a form that could not be understood", broken)
	}
	return nil
}

const fillBatch = 500

// fill fetches the identities that the store lacks, and counts those that are
// kept from us and those that cannot be understood.
func (p *Puller) fill(ctx context.Context, connection string, reader backlog.Reader, ids []backlog.ItemID, result *Result) (hidden, broken int, err error) {
	lacking, err := p.Store.NotStored(ctx, ids)
	if err != nil || len(lacking) == 0 {
		return 0, 0, err
	}
	for piece := range slices.Chunk(lacking, fillBatch) { // what was filled stays, whatever comes after it
		sightings, err := reader.Fetch(ctx, piece...)
		if err != nil {
			return 0, 0, fmt.Errorf("fetch items of the census: %w", err)
		}
		changes, err := p.Store.CommitSightings(ctx, connection, result.Site.ID, sightings, false)
		if err != nil {
			return 0, 0, fmt.Errorf("commit items of the census: %w", err)
		}
		result.Changes.Add(changes)
		for _, s := range sightings {
			switch s.Presence {
			case backlog.Hidden:
				hidden++
			case backlog.Damaged:
				broken++
				result.Broken = append(result.Broken, backlog.Broken{ID: s.ID, Key: s.ID.ID, Err: s.Err})
			}
		}
	}
	return hidden, broken, nil
}

func identities(ctx context.Context, reader backlog.Reader, project backlog.ProjectID) (ids []backlog.ItemID, basis string, err error) {
	complete := false
	for page, err := range reader.Census(ctx, project) {
		if err != nil {
			return ids, "census", err
		}
		ids = append(ids, page.IDs...)
		basis, complete = page.Basis, page.Complete
	}
	if !complete {
		return ids, basis, fmt.Errorf("%w: the census did not say that it is complete", backlog.ErrIncomplete)
	}
	return ids, basis, nil
}

// invisible reports configured projects that our account cannot see.
func invisible(connection string, site backlog.Site) []backlog.Coverage {
	var all []backlog.Coverage
	for _, key := range site.Missing {
		all = append(all, backlog.Coverage{
			Connection: connection, Project: key, State: backlog.Failed, AsOf: site.Now,
			Reason: fmt.Sprintf("project %s does not exist or %s may not see it", key, site.Account.Name),
		})
	}
	return all
}

func failed(connection string, site backlog.Site, err error) []backlog.Coverage {
	var all []backlog.Coverage
	for _, project := range site.Projects {
		all = append(all, backlog.Coverage{
			Connection: connection, Project: project.Key, State: backlog.Failed, AsOf: site.Now, Reason: err.Error(),
		})
	}
	return append(all, invisible(connection, site)...)
}
