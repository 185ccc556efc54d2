package plan

import (
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// wantedLabels are the umbrella and at most two specific labels. A label that
// we put on the item, and that is no longer there, was taken off by a person:
// it is not wanted before the books say what that means, and dismissed says so.
// Nor is one that is contested.
func wantedLabels(asked []backlog.Finding, v backlog.View, s Settings, w World) (wanted []string, dismissed string) {
	if len(asked) == 0 {
		return nil, ""
	}
	candidates := []string{s.Umbrella}
	for _, f := range asked {
		label := s.Prefix + s.Policies[f.Policy].Label
		if !contains(candidates, label) && len(candidates) <= MaxLabels {
			candidates = append(candidates, label)
		}
	}
	for _, label := range candidates {
		switch on := contains(v.Labels, label); {
		case !on && contains(ours(v), label):
			dismissed = "a person took off the label " + label
		case !on && contested(v, w, backlog.OwnedLabel, label):
		default:
			wanted = append(wanted, label)
		}
	}
	return wanted, dismissed
}

// ours are the labels that we put on the item and did not take off, whether a
// person did or not.
func ours(v backlog.View) []string {
	return append(ownedLabels(v.Owned, backlog.OwnedLabel), ownedLabels(v.Owned, backlog.RefusedLabel)...)
}

func ownedLabels(owned []backlog.Owned, kind backlog.OwnedKind) []string {
	var labels []string
	for _, o := range owned {
		if o.Kind == kind {
			labels = append(labels, o.Value)
		}
	}
	return labels
}

// missing are the wanted labels that are not on the item.
func missing(wanted, onItem []string) []string { return without(wanted, onItem) }

// surplus are our labels that nothing asks for any more.
func surplus(owned, wanted []string) []string { return without(owned, wanted) }

// present are those labels that really are on the item, in its own spelling.
// Jira tells labels apart by case, so another spelling counts only where ours
// is not there: Azure DevOps spells a tag as it was first made.
func present(labels, onItem []string) []string {
	var found []string
	for _, have := range onItem {
		exact := slices.Contains(labels, have)
		respelt := slices.ContainsFunc(labels, func(l string) bool { return strings.EqualFold(l, have) && !slices.Contains(onItem, l) })
		if exact || respelt {
			found = append(found, have)
		}
	}
	return found
}

func without(labels, others []string) []string {
	var rest []string
	for _, l := range labels {
		if !contains(others, l) {
			rest = append(rest, l)
		}
	}
	return rest
}

// contains compares labels as Azure DevOps does, without regard to case; two
// labels of ours never differ by case alone.
func contains(labels []string, label string) bool {
	return slices.ContainsFunc(labels, func(l string) bool { return strings.EqualFold(l, label) })
}
