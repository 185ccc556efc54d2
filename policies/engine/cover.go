package engine

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/cover"
)

// Covered says how much of a file its tests have reached.
type Covered struct {
	Path    string // "story/too-big.rego"
	Tests   int    // in the file beside it
	Percent float64
	Missed  []Lines // never reached, in order
}

// Lines are some lines of a file, the first and the last one.
type Lines struct{ From, To int }

// covered picks out of OPA's report the files that were asked for.
func (l *Library) covered(report cover.Report, tests map[string]int, asked func(string) bool) []Covered {
	var all []Covered
	for _, f := range slices.Concat(l.sources.library, l.sources.policies) {
		found, known := report.Files[f.path]
		if !known || !asked(f.path) {
			continue
		}
		c := Covered{Path: f.path, Tests: tests[testOf(f.path)], Percent: found.Coverage, Missed: missed(found)}
		if len(found.Covered)+len(found.NotCovered) == 0 { // it holds nothing that could be reached
			c.Percent = 100
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Covered) int { return strings.Compare(a.Path, b.Path) })
	return all
}

// missed joins the ranges that were not reached to lines.
func missed(found *cover.FileReport) []Lines {
	var all []Lines
	for _, r := range found.NotCovered { // sorted by their start
		if last := len(all) - 1; last >= 0 && r.Start.Row <= all[last].To+1 {
			all[last].To = max(all[last].To, r.End.Row)
			continue
		}
		all = append(all, Lines{r.Start.Row, r.End.Row})
	}
	return all
}
