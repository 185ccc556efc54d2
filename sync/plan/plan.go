package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// MaxLabels is how many labels of ours an item carries beside the umbrella.
const MaxLabels = 2

// All plans every item of a connection. Nothing of it has been read freshly.
func All(candidates []backlog.Candidate, s Settings, w World) backlog.Plan {
	var plan backlog.Plan
	for _, c := range candidates {
		change, held := One(backlog.View{Candidate: c}, s, w)
		if held != "" {
			plan.Held = append(plan.Held, backlog.Held{Connection: s.Connection, Item: c.ID, Key: c.Key, Reason: held})
		}
		if !change.Empty() {
			plan.Changes = append(plan.Changes, change)
		}
	}
	return plan
}

// One plans one item: the change, perhaps empty, and why something that the
// findings ask for is held back, perhaps empty.
func One(v backlog.View, s Settings, w World) (backlog.Planned, string) {
	if why := frozen(v, s); why != "" {
		return backlog.Planned{}, why
	}
	asked, held := asking(v, s, w)
	owned := ownedLabels(v.Owned, backlog.OwnedLabel)
	wanted, dismissed := wantedLabels(asked, ours(v), v.Labels, s)
	change := backlog.Change{
		Item: v.ID, Key: v.Key, Project: backlog.ProjectID{Site: v.ID.Site, ID: v.Project.ID}, Base: v.Revision, Known: v.Known,
		Present: v.Labels, Policies: policiesOf(asked),
		AddLabels:    missing(wanted, v.Labels),
		RemoveLabels: present(surplus(owned, wanted), v.Labels),
		Quiet:        s.Rights[v.Project.ID].Quiet,
	}
	var why string
	change.Comment, why = comment(v, asked, s, w)
	change.Record = record(v, change, owned, wanted, s)
	if change.Empty() {
		return backlog.Planned{}, first(why, dismissed, held)
	}
	change.Charges = charges(v, change, s, w)
	if v.Parked != "" && v.Parked == change.ContentHash() {
		return backlog.Planned{}, "the tracker refused exactly this before: " + v.ParkedWhy
	}
	return backlog.Planned{
		Change: change, Connection: s.Connection, Title: v.Title, URL: v.URL, Why: reasons(asked, change, s), Since: oldest(asked),
	}, first(why, dismissed, held)
}

// oldest is since when the longest open one of the findings is open.
func oldest(findings []backlog.Finding) (since time.Time) {
	for _, f := range findings {
		if since.IsZero() || f.Opened.Before(since) {
			since = f.Opened
		}
	}
	return since
}

// frozen says why nothing at all may be planned for an item.
func frozen(v backlog.View, s Settings) string {
	right, inScope := s.Rights[v.Project.ID]
	switch {
	case v.Busy:
		return "an earlier write has no known outcome yet"
	case v.Presence != backlog.Found && v.Presence != backlog.Moved:
		return "the item was not found when last looked for"
	case v.PastDue && s.History:
		return "what became of it before is still to be read"
	case v.LinksDue && s.Links:
		return "its links to other trackers are still to be read"
	case !inScope:
		return "the item is outside the scope now"
	case !right.Edit:
		return "we may not edit the items of this project"
	}
	return ""
}

func policiesOf(findings []backlog.Finding) []string {
	var ids []string
	for _, f := range findings {
		if !slices.Contains(ids, f.Policy) {
			ids = append(ids, f.Policy)
		}
	}
	return ids
}

// reasons explains a change in one sentence for each policy that asks.
func reasons(asked []backlog.Finding, change backlog.Change, s Settings) []string {
	var why []string
	for _, f := range asked {
		why = append(why, s.Policies[f.Policy].Title+": "+f.Message)
	}
	if len(asked) == 0 && len(change.RemoveLabels) > 0 {
		why = append(why, "cured: "+strings.Join(change.RemoveLabels, ", "))
	}
	return why
}

func record(v backlog.View, change backlog.Change, owned, wanted []string, s Settings) backlog.Record {
	r := backlog.Record{Owner: s.Owner, Item: v.ID.ID, Labels: change.AddLabels}
	for _, label := range owned {
		if contains(wanted, label) && contains(v.Labels, label) && !contains(r.Labels, label) {
			r.Labels = append(r.Labels, label)
		}
	}
	slices.Sort(r.Labels)
	return r
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
