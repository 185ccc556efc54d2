package main

import (
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/report"
)

// overviewRows is how many changes of a plan the demo shows.
const overviewRows = 25

// overview prints a plan as one row per item, and the first comment whole.
func (p *printer) overview(plan planContract) {
	var rows [][]string
	for i, c := range plan.Changes {
		if i == overviewRows {
			break
		}
		comment := ""
		if c.Comment != "" {
			comment = "yes"
		}
		rows = append(rows, []string{c.Connection, c.Key, strings.Join(c.AddLabels, " "), comment})
	}
	p.table([]string{"WOULD WRITE", "ITEM", "LABELS", "COMMENT"}, rows)
	if more := len(plan.Changes) - len(rows); more > 0 {
		p.line("… and %d more items", more)
	}
	p.line("%d items would change. Plan %s.", len(plan.Changes), plan.PlanHash)
	for _, c := range plan.Changes {
		if c.Comment != "" {
			p.line("\nThe comment on %s:", c.Key)
			for line := range strings.SplitSeq(strings.TrimSpace(c.Comment), "\n") {
				p.line("  %s", harmless(line))
			}
			return
		}
	}
}

// scores prints the report's numbers and what to do first.
func (p *printer) scores(r report.Report) {
	for _, why := range r.Partial {
		p.line("Partial: %s", harmless(why))
	}
	var rows [][]string
	row := func(name string, g report.Group) {
		score := "no score"
		if g.Judged > 0 {
			score = strconv.Itoa(g.Score)
		}
		rows = append(rows, []string{name, score, strconv.Itoa(g.Items), strconv.Itoa(g.New), strconv.Itoa(g.Fixed), strconv.Itoa(g.Open), strconv.Itoa(g.Ageing)})
	}
	row("everything", r.All)
	for _, t := range r.Trains {
		row(t.Name, t.Group)
	}
	for _, t := range r.Teams {
		row(t.Name, t.Group)
	}
	p.table([]string{"", "SCORE", "OPEN ITEMS", "NEW", "FIXED", "FINDINGS", "OVER 14 DAYS"}, rows)
	for i, task := range r.First {
		if i == 3 {
			break
		}
		p.line("First: %s %s: %s", task.Key, harmless(task.Title), task.What)
	}
}
