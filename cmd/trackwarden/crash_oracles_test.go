//go:build unix

package main

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/reliability/oracle"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// seen is both trackers of a doomed world.
type seen struct{ jira, azure oracle.World }

func (d *doomed) look() seen {
	return seen{oracle.Jira("shop", d.jira), oracle.Azure("platform", d.azure)}
}

// judge holds the world at rest against the ten oracles. Clean is the end of a
// run without faults, never that of a world without us.
func (d *doomed) judge(clean, never seen, logs [2]int) (bad []oracle.Breach) {
	d.t.Helper()
	d.open()
	now := d.look()
	return slices.Concat(
		d.judgeOne("shop", now.jira, clean.jira, never.jira, logs[0]),
		d.judgeOne("platform", now.azure, clean.azure, never.azure, logs[1]),
		oracle.Secret(canary, d.texts()),
	)
}

func (d *doomed) judgeOne(connection string, now, clean, never oracle.World, since int) []oracle.Breach {
	d.t.Helper()
	site := d.site(connection)
	rows, labels, books := d.rows(connection), map[string][]string{}, []oracle.Mirrored{}
	for _, i := range now.Items {
		id := backlog.ItemID{Site: site.ID, ID: i.ID}
		owned, err := d.app.db.Owned(d.t.Context(), id)
		d.must(err)
		for _, o := range owned {
			if o.Kind == backlog.OwnedLabel {
				labels[i.ID] = append(labels[i.ID], o.Value)
			}
		}
		families, err := d.app.db.Families(d.t.Context(), []backlog.ItemID{id})
		d.must(err)
		for _, f := range families {
			books = append(books, oracle.Mirrored{ID: f.ID.ID, Title: f.Title, Labels: f.Labels})
		}
	}
	if _, _, err := d.app.db.VerifyAudit(d.t.Context(), site.ID); err != nil {
		d.t.Errorf("the audit log of %s: %v", connection, err)
	}
	return slices.Concat(
		now.OneComment(func(i oracle.Item) bool { return i.Key != fine && i.Key != "202" }),
		now.OnlyOurs(never, labels), now.EndsAs(clean), now.NoStorm(clean, d.killed), now.Silent(since),
		now.Audited(rows), now.InMirror(books), now.Mentions(), now.Quiet(5), now.Spent(rows, d.used(site)),
	)
}

func (d *doomed) site(connection string) backlog.Site {
	d.t.Helper()
	site, known, err := d.app.db.Site(d.t.Context(), connection)
	d.must(err)
	if !known {
		d.t.Fatalf("%s was never read", connection)
	}
	return site
}

// rows are a connection's rows of the audit log.
func (d *doomed) rows(connection string) (rows []backlog.AuditEntry) {
	d.t.Helper()
	d.must(d.app.db.EachAudit(d.t.Context(), backlog.AuditFilter{Connection: connection}, func(e backlog.AuditEntry) error {
		rows = append(rows, e)
		return nil
	}))
	return rows
}

// used is what is taken from the budgets of a site's projects, by what the
// oracles call the project: Azure's by its name.
func (d *doomed) used(site backlog.Site) map[string]int {
	d.t.Helper()
	used := map[string]int{}
	for _, p := range site.Projects {
		for day := range 3 {
			n, err := d.app.db.Used(d.t.Context(), plan.ProjectScope(site.ID, p.ID), begun.AddDate(0, 0, day).Format(time.DateOnly))
			d.must(err)
			used[p.ID] += n
			used[p.Name] += n
		}
	}
	return used
}

// texts are all that a person could come to see of a secret.
func (d *doomed) texts() map[string][]byte {
	texts := map[string][]byte{"what was printed and logged": d.said.Bytes()}
	for _, name := range []string{"trackwarden.db", "trackwarden.db-wal", "trackwarden.db-shm"} {
		text, err := os.ReadFile(filepath.Join(d.dir, name))
		if err == nil {
			texts[name] = text
		}
	}
	return texts
}

func (d *doomed) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}
