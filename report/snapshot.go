package report

import (
	"maps"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
)

// snapshot is the week as numbers, for comparing with later ones.
func (b *builder) snapshot() []backlog.SnapshotRow {
	var rows []backlog.SnapshotRow
	for _, team := range slices.Sorted(maps.Keys(b.groups)) {
		g := b.groups[team]
		for _, policy := range slices.Sorted(maps.Keys(g.verdicts)) {
			rows = append(rows, *g.verdicts[policy])
		}
	}
	return rows
}

// pastScores computes an earlier week's scores with today's definition.
func pastScores(rows []backlog.SnapshotRow, rules map[string]Rule) map[string]tally {
	past := map[string]tally{}
	for _, row := range rows {
		if _, known := rules[row.Policy]; !known {
			continue
		}
		t := past[row.Team]
		t.add(backlog.Pass, row.Severity, row.Counts.Pass)
		t.add(backlog.Fail, row.Severity, row.Counts.Fail)
		t.add(backlog.Undecidable, row.Severity, row.Counts.Unknown)
		past[row.Team] = t
	}
	return past
}
