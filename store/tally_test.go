package store_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/store"
)

// rows reads one column of text, as the tables have it.
func (w *world) rows(query string) []string {
	w.t.Helper()
	text, err := store.RawValue[string](w.ctx(), w.DB, `SELECT COALESCE(group_concat(x, char(10)), '') FROM (`+query+`)`)
	w.must(err)
	lines := slices.DeleteFunc(strings.Split(text, "\n"), func(s string) bool { return s == "" })
	slices.Sort(lines)
	return lines
}

// wrong compares everything that is counted as it changes with a full count.
func (w *world) wrong() string {
	w.t.Helper()
	inScope := `presence IN ('found', 'moved')`
	filled := `COUNT(*)`
	for f := range backlog.Fields() {
		filled += fmt.Sprintf(` || ',' || SUM((filled >> %d) & 1)`, f)
	}
	var diffs string
	for _, pair := range [][2]string{
		{
			`SELECT site || ' ' || project || ' ' || project_key || ' ' || presence || ' ' || items AS x FROM tally WHERE items <> 0`,
			`SELECT site || ' ' || project || ' ' || project_key || ' ' || presence || ' ' || COUNT(*) AS x FROM item GROUP BY site, project, project_key, presence`,
		},
		{
			`SELECT site || ' ' || iterations || ' ' || items AS x FROM seat`,
			`SELECT site || ' ' || iterations || ' ' || COUNT(*) AS x FROM item WHERE iterations <> '' AND state NOT IN ('done', 'removed') AND ` + inScope + ` GROUP BY site, iterations`,
		},
		{
			`SELECT site || ' ' || project || ' ' || type || ' ' || counts AS x FROM field_use WHERE period = -1 AND counts NOT LIKE '0,%'`,
			`SELECT site || ' ' || project || ' ' || type || ' ' || ` + filled + ` AS x FROM item WHERE ` + inScope + ` GROUP BY site, project, type`,
		},
		{
			`SELECT period || ' ' || site || ' ' || project || ' ' || type || ' ' || counts AS x FROM field_use WHERE period >= 0 AND counts NOT LIKE '0,%'`,
			`SELECT (updated / 2419200000000) || ' ' || site || ' ' || project || ' ' || type || ' ' || ` + filled + ` AS x FROM item WHERE ` + inScope + ` GROUP BY updated / 2419200000000, site, project, type`,
		},
	} {
		diffs += cmp.Diff(w.rows(pair[1]), w.rows(pair[0]))
	}
	return diffs
}

// fuzz does something to some items, as trackers do: create, edit, move to
// another project, delete, bring back, show outside the scope.
func fuzz(w *world, r *rand.Rand, pool int) {
	w.t.Helper()
	w.now = w.now.Add(time.Hour)
	site := []backlog.SiteID{jira, azure}[r.IntN(2)]
	item := func() backlog.Item {
		i := story(site, itoa(1+r.IntN(pool)), 0)
		i.Changed = w.now.AddDate(0, 0, -r.IntN(300))
		if r.IntN(3) > 0 {
			i.Changed = w.now
		}
		i.Revision = fmt.Sprint(r.Int())
		i.Type = []string{"Story", "Bug"}[r.IntN(2)]
		i.Filled = backlog.FieldSet(r.Uint64N(1 << len(backlog.Fields())))
		i.State.Category = []backlog.Category{backlog.ToDo, backlog.InProgress, backlog.Done}[r.IntN(3)]
		if r.IntN(4) == 0 {
			i.Project = backlog.Project{ID: "20", Key: "PAY", Name: "Pay"}
		}
		for n := range r.IntN(3) {
			i.Iterations = append(i.Iterations, backlog.Iteration{ID: itoa(n + r.IntN(3)), Name: "Sprint"})
		}
		for range r.IntN(3) {
			link := backlog.Link{Type: backlog.Blocks, Direction: backlog.Outward, To: to(site, itoa(1+r.IntN(pool)))}
			if r.IntN(2) == 0 {
				link.Direction = backlog.Inward
			}
			i.Links = append(i.Links, link)
		}
		return i
	}
	var sightings []backlog.Sighting
	switch r.IntN(5) {
	case 0:
		i := item()
		sightings = append(sightings, backlog.Sighting{ID: i.ID, Presence: backlog.Gone})
	case 1:
		i := item()
		sightings = append(sightings, backlog.Sighting{ID: i.ID, Presence: []backlog.Presence{backlog.Found, backlog.Moved}[r.IntN(2)], Item: i})
	case 2:
		w.must(w.CommitEcho(w.ctx(), connectionOf(site), item()))
		return
	default:
		var items []backlog.Item
		for range 1 + r.IntN(6) {
			items = append(items, item())
		}
		w.page(items...)
		return
	}
	_, err := w.CommitSightings(w.ctx(), connectionOf(site), site, sightings, r.IntN(3) == 0)
	w.must(err)
}

func TestWhatIsCountedAsItChangesEqualsAFullCount(t *testing.T) {
	for seed := range uint64(5) {
		w, r := newWorld(t), rand.New(rand.NewPCG(seed, 1))
		for step := range 120 {
			fuzz(w, r, 25)
			if wrong := w.wrong(); wrong != "" {
				t.Fatalf("seed %d, step %d: counts (-full +kept):\n%s", seed, step, wrong)
			}
		}
	}
}

// A store that was filled before anything was counted is counted once.
func TestWhatWasStoredBeforeIsCountedByTheMigration(t *testing.T) {
	w, r := newWorld(t), rand.New(rand.NewPCG(7, 7))
	for range 40 {
		fuzz(w, r, 25)
	}
	w.must(w.uncount(w.ctx()))
	if wrong := w.wrong(); wrong != "" {
		t.Errorf("counts (-full +migrated):\n%s", wrong)
	}
}

// uncount takes back what the migration did, and does it again.
func (w *world) uncount(ctx context.Context) error {
	files, err := store.Migrations()
	if err != nil {
		return err
	}
	text, err := fs.ReadFile(files, "00006_scale.sql")
	if err != nil {
		return err
	}
	for _, statement := range strings.Split(string(text), ";\n") {
		var sql []string
		for line := range strings.Lines(statement) {
			if !strings.HasPrefix(line, "--") {
				sql = append(sql, line)
			}
		}
		statement = strings.TrimSpace(strings.Join(sql, ""))
		table, insert := strings.CutPrefix(statement, "INSERT INTO ")
		if !insert {
			continue
		}
		name, _, _ := strings.Cut(table, " ")
		if err := w.Raw(ctx, `DELETE FROM `+name); err != nil {
			return err
		}
		if err := w.Raw(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
