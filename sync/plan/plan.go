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
// findings ask for is held back, perhaps empty. An empty change may still say
// that the comments have to be read, or what goes into the books.
func One(v backlog.View, s Settings, w World) (backlog.Planned, string) {
	if why := frozen(v, s); why != "" {
		return backlog.Planned{}, why
	}
	if _, _, silent := s.Silence.On(v.Labels, backlog.Day(w.Now, s.Zone)); silent {
		return silenced(v, s, w)
	}
	v, r := react(v, s, w)
	planned, held := ask(v, s, w)
	planned.Look, planned.React = mustLook(v, w), r
	return planned, first(held, fights(v, w))
}

// ask plans what the findings ask for, on an item whose books are right.
func ask(v backlog.View, s Settings, w World) (backlog.Planned, string) {
	asked, held := asking(v, s, w)
	owned := ownedLabels(v.Owned, backlog.OwnedLabel)
	wanted, dismissed := wantedLabels(asked, v, s, w)
	change := begin(v, s)
	change.Policies = policiesOf(asked)
	change.AddLabels = missing(wanted, v.Labels)
	change.RemoveLabels = present(surplus(owned, wanted), v.Labels)
	change.Record = record(v, change, owned, wanted, s)
	healed := change
	var why string
	change.Comment, why = comment(v, asked, s, w)
	healed.Comment = heal(v, s)
	if healed.Comment != nil && v.Parked != healed.ContentHash() {
		change = healed
	}
	planned := backlog.Planned{Change: change, Connection: s.Connection, Title: v.Title, URL: v.URL}
	why = first(why, dismissed, held)
	switch {
	case change.Empty():
		return nothing(planned), why
	case v.Parked != "" && v.Parked == change.ContentHash():
		return nothing(planned), "the tracker refused exactly this before: " + v.ParkedWhy
	}
	planned.Charges = charges(v, change, s, w)
	if teams := s.Organisation.TeamsOf(s.Connection, v.Item); len(teams) > 0 {
		planned.Team = teams[0].Name
	}
	planned.Why, planned.Since = reasons(asked, change, s), oldest(asked)
	return planned, why
}

// begin is a change of the item that changes nothing yet.
func begin(v backlog.View, s Settings) backlog.Change {
	return backlog.Change{
		Item: v.ID, Key: v.Key, Project: backlog.ProjectID{Site: v.ID.Site, ID: v.Project.ID}, Base: v.Revision, Known: v.Known,
		Present: v.Labels, Quiet: s.Rights[v.Project.ID].Quiet, Record: backlog.Record{Owner: s.Owner, Item: v.ID.ID},
	}
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

// nothing leaves of a plan only what it is about.
func nothing(p backlog.Planned) backlog.Planned {
	p.Change = backlog.Change{Item: p.Item, Key: p.Key, Project: p.Project}
	return p
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
	if change.Comment != nil && change.Comment.Delete {
		why = append(why, "our comment is there twice, or customers see it: it is deleted")
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
