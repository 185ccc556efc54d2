package pull

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// count takes a project's census and says how far the project can be trusted
// after it. The error is about all projects.
func (v *survey) count(ctx context.Context, k *backlog.KnownProject) error {
	err := v.census(ctx, k)
	var d doubt
	switch {
	case err == nil:
		k.State, k.Doubt, k.Strikes, k.Accepted = backlog.Complete, "", 0, false
		k.Census = v.now
	case errors.As(err, &d):
		k.State, k.Doubt = d.state, d.reason
		k.Strikes++
	default:
		return fmt.Errorf("take census of %s: %w", k.Key, err)
	}
	k.Tried = v.now
	return nil
}

// census compares the project's identities with the store's. What the store
// lacks may only just have been created, so it is fetched; what the census
// lacks may have been moved, deleted or hidden, so that is fetched, too.
func (v *survey) census(ctx context.Context, k *backlog.KnownProject) error {
	if err := v.sing(ctx, k); err != nil {
		return err
	}
	id := backlog.ProjectID{Site: v.result.Site.ID, ID: k.ID}
	listed, basis, err := identities(ctx, v.reader, id)
	if err != nil {
		return unanswered(ctx, err)
	}
	found, err := v.Store.Compare(ctx, id, listed)
	if err != nil {
		return err
	}
	lacking, err := v.fill(ctx, found.Lacking)
	if err != nil {
		return err
	}
	if err := v.unseen(ctx, k, found, len(listed)); err != nil {
		return err
	}
	if err := v.refresh(ctx, id, k.Key); err != nil {
		return err
	}
	hidden, broken := len(lacking[backlog.Hidden]), len(lacking[backlog.Damaged])
	k.Size, k.Gap, k.Basis, k.Note = len(listed), hidden+broken, basis, ""
	if broken > 0 { // known and named: the others are judged and written on all the same
		k.Note = fmt.Sprintf("%d items are of a form that could not be understood", broken)
	}
	if hidden > 0 {
		return doubt{backlog.Suspect, fmt.Sprintf("%d items of the census could not be read", hidden)}
	}
	return nil
}

// identities lists a project's identities, without their site.
func identities(ctx context.Context, reader backlog.Reader, project backlog.ProjectID) (ids []string, basis string, err error) {
	complete := false
	for page, err := range reader.Census(ctx, project) {
		if err != nil {
			return ids, "census", err
		}
		for _, id := range page.IDs {
			ids = append(ids, id.ID)
		}
		basis, complete = page.Basis, page.Complete
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if !complete {
		return ids, basis, fmt.Errorf("%w: the census did not say that it is complete", backlog.ErrIncomplete)
	}
	return ids, basis, nil
}

const fillBatch = 500

// fill fetches identities and stores what it finds, and sorts them by where
// they are. What was stored stays, whatever comes after it.
func (v *survey) fill(ctx context.Context, ids []backlog.ItemID) (map[backlog.Presence][]backlog.Sighting, error) {
	all := map[backlog.Presence][]backlog.Sighting{}
	for piece := range slices.Chunk(ids, fillBatch) {
		sightings, err := v.reader.Fetch(ctx, piece...)
		if err != nil {
			return all, unanswered(ctx, fmt.Errorf("fetch items of the census: %w", err))
		}
		changes, err := v.Store.CommitSightings(ctx, v.connection, v.result.Site.ID, sightings, false)
		if err != nil {
			return all, fmt.Errorf("commit items of the census: %w", err)
		}
		v.result.Changes.Add(changes)
		for _, s := range sightings {
			all[s.Presence] = append(all[s.Presence], s)
			if s.Presence == backlog.Damaged {
				v.result.Broken = append(v.result.Broken, backlog.Broken{ID: s.ID, Key: s.ID.ID, Err: s.Err})
			}
		}
	}
	return all, nil
}

// unseen looks for what is stored and was not listed. What moved or was deleted
// is explained; for the rest, the census is only believed while it is little:
// a listing that was cut short looks like many deletions at once.
func (v *survey) unseen(ctx context.Context, k *backlog.KnownProject, found backlog.Comparison, listed int) error {
	u := backlog.Unseen{
		Project: backlog.ProjectID{Site: v.result.Site.ID, ID: k.ID}, At: v.now, Censuses: v.Censuses, Over: v.Over,
	}
	u.Censuses, u.Over = max(u.Censuses, 1), max(u.Over, 0)
	if v.Censuses == 0 {
		u.Censuses = 3
	}
	if v.Over == 0 {
		u.Over = week
	}
	still := make(map[backlog.ItemID]bool, len(found.Still))
	for _, id := range found.Still {
		still[id] = true
	}
	unexplained, most := 0, v.tolerance(max(found.Held, k.Size))
	if listed == 0 {
		most = 0
	}
	for piece := range slices.Chunk(slices.Concat(found.Absent, found.Still), fillBatch) {
		sightings, err := v.fill(ctx, piece)
		if err != nil {
			return err
		}
		for _, s := range sightings[backlog.Hidden] {
			u.Missing = append(u.Missing, s.ID)
			if !still[s.ID] {
				unexplained++
			}
		}
		for _, s := range sightings[backlog.Found] {
			switch {
			case s.Item.Project.ID != k.ID: // moved within the scope
			case v.Narrow:
				u.Unlisted = append(u.Unlisted, s.ID)
			default:
				unexplained++
			}
		}
		if unexplained > most && !k.Accepted {
			return doubt{backlog.Suspect, fmt.Sprintf(
				"the census lists %d items, and of the %d stored too many are not among them without having moved or been deleted", listed, found.Held)}
		}
	}
	changes, err := v.Store.NoteUnseen(ctx, v.connection, u)
	v.result.Changes.Add(changes)
	return err
}

// refresh reads again what may have changed without its items being touched:
// the key of the project, and values that vanished with a field.
func (v *survey) refresh(ctx context.Context, project backlog.ProjectID, key string) error {
	renamed, err := v.Store.Renamed(ctx, project, key)
	if err != nil {
		return err
	}
	emptied, err := v.Store.EmptiedItems(ctx, project, fillBatch)
	if err != nil {
		return err
	}
	if _, err := v.fill(ctx, append(renamed, emptied...)); err != nil {
		return err
	}
	return v.Store.CountAnew(ctx, project)
}

// sing looks at the project's canaries: while one of them cannot be seen, what
// is not seen proves nothing. A canary is known by its identity from the first
// time on, so that a key that is used again is no comfort.
func (v *survey) sing(ctx context.Context, k *backlog.KnownProject) error {
	if len(v.Canaries) == 0 {
		return nil
	}
	known, err := v.Store.Canaries(ctx, v.result.Site.ID)
	if err != nil {
		return fmt.Errorf("load canaries: %w", err)
	}
	for _, key := range v.Canaries {
		canary := backlog.Canary{Key: key, Item: backlog.ItemID{Site: v.result.Site.ID, ID: key}}
		i := slices.IndexFunc(known, func(c backlog.Canary) bool { return c.Key == key })
		switch {
		case i >= 0:
			canary = known[i]
			if canary.Project != k.ID {
				continue
			}
		case !mayLiveIn(key, k.Key):
			continue
		}
		if err := v.hear(ctx, canary, k); err != nil {
			return err
		}
	}
	return nil
}

// hear looks for one canary.
func (v *survey) hear(ctx context.Context, canary backlog.Canary, k *backlog.KnownProject) error {
	sightings, err := v.reader.Fetch(ctx, canary.Item)
	if err != nil {
		return unanswered(ctx, fmt.Errorf("look for canary %s: %w", canary.Key, err))
	}
	for _, s := range sightings {
		if s.Presence != backlog.Found && s.Presence != backlog.Moved {
			continue
		}
		if s.Item.Project.ID != k.ID && canary.Project != "" {
			return doubt{backlog.Failed, fmt.Sprintf("canary %s has moved to project %s: name another one of %s", canary.Key, s.Item.Project.Key, k.Key)}
		}
		canary.Item, canary.Project = s.Item.ID, s.Item.Project.ID
		return v.Store.SaveCanary(ctx, canary)
	}
	return doubt{backlog.Failed, fmt.Sprintf("canary %s cannot be seen, so nothing is concluded from what is missing in %s", canary.Key, k.Key)}
}

// mayLiveIn reports whether a key that was not found yet may be of a project: a
// number may be of any.
func mayLiveIn(key, project string) bool {
	before, _, of := strings.Cut(key, "-")
	return !of || strings.EqualFold(before, project)
}
