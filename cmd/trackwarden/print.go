package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// printJSON prints a contract.
func printJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	return nil
}

// connections prints how far each connection's data can be trusted.
func (p *printer) connections(all []connectionContract) {
	var rows [][]string
	for _, c := range all {
		rows = append(rows, []string{c.Name, yesNo(c.Complete), strconv.Itoa(c.Items), coverage(c), moment(c.AsOf)})
	}
	p.table([]string{"CONNECTION", "COMPLETE", "ITEMS", "COVERAGE", "AS OF"}, rows)
	for _, c := range all {
		if c.Problem != "" {
			p.line("%s: %s", c.Name, harmless(c.Problem))
		}
		for _, note := range c.Notes {
			p.line("%s: %s", c.Name, harmless(note))
		}
	}
}

func coverage(c connectionContract) string {
	var parts []string
	for _, cover := range c.Coverage {
		if cover.State == backlog.Failed && cover.Seen == 0 { // 0/0 would read as empty
			parts = append(parts, cover.Project+" not read")
			continue
		}
		part := fmt.Sprintf("%s %d/%d", cover.Project, cover.Seen, cover.Expected)
		if cover.Missing > 0 {
			part += fmt.Sprintf(" (%d missing)", cover.Missing)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return "unknown"
	}
	return strings.Join(parts, ", ")
}

// findings prints every open finding.
func (p *printer) findings(all []findingContract, whole bool) {
	if len(all) == 0 && !whole {
		p.line("None known, and not everything could be read: see above.")
		return
	}
	if len(all) == 0 {
		p.line("No findings.")
		return
	}
	var rows [][]string
	for _, f := range all {
		rows = append(rows, []string{string(f.Severity), f.Policy, f.Subject.Key, f.Team, f.Since, f.Subject.Title, f.Message})
	}
	p.table([]string{"SEVERITY", "POLICY", "ITEM", "TEAM", "SINCE", "TITLE", "NOW"}, rows)
}

// verdicts prints how often each policy said what.
func (p *printer) verdicts(all []verdictContract) {
	var rows [][]string
	for _, v := range all {
		rows = append(rows, []string{
			v.Policy, strconv.Itoa(v.Pass), strconv.Itoa(v.Fail), strconv.Itoa(v.Skipped), strconv.Itoa(v.Exempt), strconv.Itoa(v.Unknown),
		})
	}
	p.table([]string{"POLICY", "PASS", "FAIL", "SKIPPED", "EXEMPT", "UNKNOWN"}, rows)
}

// changes prints a plan as a diff: what would be added and taken away.
func (p *printer) changes(plan planContract) {
	for _, c := range plan.Changes {
		p.line("%s  %s", p.bold(c.Connection+" "+c.Key), strings.Join(mapped(c.Why, harmless), " · "))
		for _, label := range c.AddLabels {
			p.line("  %s", p.tint("+ label "+label, plus))
		}
		for _, label := range c.RemoveLabels {
			p.line("  %s", p.tint("- label "+label, minus))
		}
		if c.DeleteComment != "" {
			p.line("  %s", p.tint("- our comment "+c.DeleteComment, minus))
		}
		if c.Comment != "" {
			for line := range strings.SplitSeq(strings.TrimSpace(c.Comment), "\n") {
				p.line("  %s", p.tint("+ "+harmless(line), plus))
			}
		}
	}
}

// held prints what is not written now, the same reasons counted together.
func (p *printer) held(all []heldContract) {
	if len(all) == 0 {
		return
	}
	var reasons []string
	items := map[string][]string{}
	for _, h := range all {
		reason := h.Connection + "\x00" + h.Reason
		if items[reason] == nil {
			reasons = append(reasons, reason)
		}
		items[reason] = append(items[reason], h.Item)
	}
	var rows [][]string
	for _, r := range reasons {
		connection, reason, _ := strings.Cut(r, "\x00")
		rows = append(rows, []string{connection, strconv.Itoa(len(items[r])), some(items[r]), reason})
	}
	p.table([]string{"HELD BACK", "ITEMS", "WHICH", "WHY"}, rows)
}

// some names the first few of a list and how many more there are.
func some(names []string) string {
	const few = 4
	if len(names) <= few {
		return strings.Join(names, " ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], " "), len(names)-few)
}

func mapped(all []string, f func(string) string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = f(s)
	}
	return out
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}
