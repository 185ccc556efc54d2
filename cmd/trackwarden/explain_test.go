package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestExplainSaysWhatEachPolicySaysAndWhatItLedTo(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	path := tr.configure("enforce")
	out, errs, status := command(t, "explain", "shop-13", "--format", "json", "--config", path)
	if status != exitClean {
		t.Fatalf("status %d: %s", status, errs)
	}
	c := decode[explainContract](t, out)
	if c.Item.Key != "SHOP-13" || c.Judged != "2026-11-24" || c.Rules == "" || c.Input == "" {
		t.Errorf("item %+v, judged %q by %q on %q", c.Item, c.Judged, c.Rules, c.Input)
	}
	first := c.Policies[0]
	if first.Policy != "story/no-acceptance-criteria" || first.Verdict != backlog.Fail || first.Label != "hygiene:no-acceptance-criteria" ||
		first.Comment == "" || len(first.Findings) != 1 || first.Findings[0].Since != "2026-11-24" {
		t.Errorf("first policy: %+v", first)
	}
	for _, p := range c.Policies {
		if p.Verdict == backlog.Skipped && p.Cause == "" {
			t.Errorf("%s is skipped without a cause", p.Policy)
		}
	}
	if c.Next.Held != "" || len(c.Next.AddLabels) > 0 {
		t.Errorf("next: %+v", c.Next)
	}
	out, _, _ = command(t, "explain", "SHOP-13", "--config", path)
	for _, words := range []string{"story/no-acceptance-criteria", "fail", "label hygiene:no-acceptance-criteria", "Nothing would be written."} {
		if !strings.Contains(out, words) {
			t.Errorf("%q is missing in\n%s", words, out)
		}
	}
	if _, errs, status := command(t, "explain", "SHOP-999", "--config", path); status != exitUsage || !strings.Contains(errs, "not known here") {
		t.Errorf("status %d: %s", status, errs)
	}
}

func TestHistoryTellsWhatWasFoundWrittenAndClosed(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.pass()
	tr.clock.move(time.Hour)
	if err := tr.world.Jira.Human("557058:olga").SetField("SHOP-13", tr.criteriaField(), "* The address is kept"); err != nil {
		t.Fatal(err)
	}
	tr.pass()
	out, _, _ := command(t, "history", "SHOP-13", "--format", "json", "--config", tr.configure("enforce"))
	var told []string
	for _, e := range decode[historyContract](t, out).Events {
		told = append(told, e.What)
	}
	if got := strings.Join(told, " "); got != "found wrote wrote closed wrote wrote" {
		t.Errorf("history: %s", got)
	}
}

func TestTheAuditLogIsListedVerifiedAndExported(t *testing.T) {
	tr := newTrain(t, nil, nil)
	writes := tr.pass().Writes
	path := tr.configure("enforce")
	out, _, _ := command(t, "audit", "list", "--format", "json", "--config", path)
	listed := decode[struct{ Audit []auditContract }](t, out).Audit
	if len(listed) != writes.Requests {
		t.Errorf("%d rows for %d writes", len(listed), writes.Requests)
	}
	for _, row := range listed {
		if row.Rules == "" || row.Input == "" || len(row.Policies) == 0 || row.Receipt.Outcome != backlog.Applied || len(row.After) == 0 {
			t.Errorf("row %d says too little: %+v", row.Seq, row)
		}
	}
	out, _, _ = command(t, "audit", "list", "--item", "SHOP-13", "--config", path)
	if strings.Count(out, "SHOP-13") != 2 || strings.Contains(out, "SHOP-14") {
		t.Errorf("list of one item:\n%s", out)
	}
	head := exportedChain(t, path)
	if out, errs, status := command(t, "audit", "verify", "--head", head, "--config", path); status != exitClean || !strings.Contains(out, "The chain is whole.") {
		t.Errorf("status %d: %s%s", status, out, errs)
	}
	tr.tamper(`DELETE FROM audit WHERE hash = '` + head + `'`)
	if _, errs, status := command(t, "audit", "verify", "--head", head, "--config", path); status != exitIncomplete || !strings.Contains(errs, "cut off") {
		t.Errorf("after the tail was cut off: status %d: %s", status, errs)
	}
	tr.tamper(`UPDATE audit SET after = '{}' WHERE seq = 2`)
	if _, errs, status := command(t, "audit", "verify", "--config", path); status != exitIncomplete || !strings.Contains(errs, "row 2") {
		t.Errorf("after a row was changed: status %d: %s", status, errs)
	}
}

// exportedChain checks an export as an auditor without Trackwarden would, and
// returns the last hash of it.
func exportedChain(t *testing.T, path string) string {
	t.Helper()
	out, _, _ := command(t, "audit", "export", "--config", path)
	heads, last := map[string]string{}, ""
	for line := range strings.Lines(out) {
		var row struct{ Connection, Prev, Hash, Row string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256([]byte(row.Prev + row.Row))
		if row.Prev != heads[row.Connection] || row.Hash != hex.EncodeToString(sum[:]) {
			t.Errorf("the chain is broken at %s", line)
		}
		heads[row.Connection], last = row.Hash, row.Hash
	}
	return last
}

// tamper changes the database behind the store's back.
func (tr *train) tamper(query string) {
	tr.t.Helper()
	tr.app.close()
	db, err := sql.Open("sqlite", filepath.Join(tr.dir, "trackwarden.db"))
	if err != nil {
		tr.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(tr.t.Context(), query); err != nil {
		tr.t.Fatal(err)
	}
	tr.open("enforce")
}
