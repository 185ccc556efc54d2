package oracle

import (
	"bytes"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Audited is O5: every write that was applied has exactly one row of this
// tracker's audit log that says so, and every such row has its write. A request
// names its intent where the tracker can hold it; else the item has to do.
func (w World) Audited(rows []backlog.AuditEntry) (bad []Breach) {
	rows = slices.DeleteFunc(slices.Clone(rows), func(r backlog.AuditEntry) bool { return r.Receipt.Outcome != backlog.Applied })
	seen := map[string]bool{}
	left := w.Writes()
	for _, r := range rows {
		if seen[r.Step] {
			bad = append(bad, w.breach("O5", Item{Key: r.Key}, "two rows for step %s", r.Step))
		}
		seen[r.Step] = true
		at := slices.IndexFunc(left, func(e simulator.Entry) bool { return e.Item == r.Key && strings.Contains(e.Body, intentOf(r)) })
		if at < 0 {
			at = slices.IndexFunc(left, func(e simulator.Entry) bool { return e.Item == r.Key && !namesOne(e, rows) })
		}
		if at < 0 {
			bad = append(bad, w.breach("O5", Item{Key: r.Key}, "a row for what was not written: %s %q", r.Step, r.Summary))
			continue
		}
		left = slices.Delete(left, at, at+1)
	}
	for _, e := range left {
		bad = append(bad, w.breach("O5", Item{Key: e.Item}, "written and not in the audit log: %s %s %s", e.Method, e.Path, e.What))
	}
	return bad
}

func intentOf(r backlog.AuditEntry) string {
	intent, _, _ := strings.Cut(r.Step, "/")
	return intent
}

// namesOne reports whether a request belongs to the intent of one of the rows.
func namesOne(e simulator.Entry, rows []backlog.AuditEntry) bool {
	return slices.ContainsFunc(rows, func(r backlog.AuditEntry) bool { return strings.Contains(e.Body, intentOf(r)) })
}

// Spent is O10: so much is taken from the budgets of projects (by Item.Project,
// of all days together) as changes were sent. Which were is what the audit log
// says; that it tells the truth is O5.
func (w World) Spent(rows []backlog.AuditEntry, used map[string]int) (bad []Breach) {
	sent, counted := map[string]int{}, map[string]bool{}
	for _, r := range rows {
		i, known := w.item(r.Key)
		if intent := intentOf(r); known && !counted[intent] {
			counted[intent] = true
			sent[i.Project]++
		}
	}
	for _, i := range w.Items {
		if n := sent[i.Project]; used[i.Project] != n && !counted[i.Project] {
			bad = append(bad, w.breach("O10", Item{Key: i.Project}, "%d changes are booked, %d were sent", used[i.Project], n))
			counted[i.Project] = true
		}
	}
	return bad
}

// Secret is O8: a secret is in none of the texts, which have names.
func Secret(secret string, texts map[string][]byte) (bad []Breach) {
	for name, text := range texts {
		if bytes.Contains(text, []byte(secret)) {
			bad = append(bad, Breach{Oracle: "O8", Where: name, What: "holds a secret"})
		}
	}
	return bad
}
