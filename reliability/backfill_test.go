package reliability

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator"
	"github.com/trackwarden/trackwarden/store"
	"github.com/trackwarden/trackwarden/sync/pull"
)

const childOfBackfill = "RELIABILITY_BACKFILL"

// C11, C12: a process that reads two trackers for the first time is killed
// twenty times, wherever it happens to be. The store ends as one that was never
// disturbed, and what had been committed is not read again.
func TestC11ABackfillKilledTwentyTimesEndsEqual(t *testing.T) {
	if settings := os.Getenv(childOfBackfill); settings != "" {
		backfill(t, strings.Fields(settings))
		return
	}
	seed := seeds(t)[len(seeds(t))-1]
	random := rand.New(rand.NewPCG(seed, seed))
	t.Logf("seed %d", seed)
	w := newBackfillWorld(t)

	undisturbed := filepath.Join(t.TempDir(), "undisturbed.db")
	if err := w.child(undisturbed).Run(); err != nil {
		t.Fatal(err)
	}
	whole := w.pages()

	disturbed := filepath.Join(t.TempDir(), "disturbed.db")
	const kills = 20
	killed := 0
	for killed < kills {
		if !w.killAfter(disturbed, w.pages()+1+random.IntN(5), time.Duration(random.IntN(3000))*time.Microsecond) {
			break
		}
		killed++
	}
	if killed < kills {
		t.Errorf("the backfill was over after %d kills: they prove too little", killed)
	}
	if err := w.child(disturbed).Run(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(dump(t, undisturbed), dump(t, disturbed)); diff != "" {
		t.Errorf("the stores differ (-undisturbed +disturbed):\n%s", diff)
	}
	// Each kill may lose, of each of the four sweeps, a page on its way and one
	// not yet committed.
	if again := w.pages() - 2*whole; again > kills*4*2 {
		t.Errorf("%d pages were read again after %d kills", again, kills)
	}
}

type backfillWorld struct {
	t                 *testing.T
	jira              *jirasim.World
	azure             *azuresim.World
	jiraURL, azureURL string
}

func newBackfillWorld(t *testing.T) *backfillWorld {
	t.Helper()
	w := &backfillWorld{
		t: t, jira: jirasim.New(jirasim.Settings{SiteName: "shop", User: "bot@shop.example", Token: "token"}),
		azure: azuresim.New(azuresim.Settings{Organisation: "shop", Token: "token"}),
	}
	newJiraPeople(w.jira)
	if _, err := newAzurePeople(w.azure); err != nil {
		t.Fatal(err)
	}
	w.jira.Generate(150, 1)
	if err := w.azure.Generate(150, 1); err != nil {
		t.Fatal(err)
	}
	var stop [2]func()
	var err error
	if w.jiraURL, stop[0], err = w.jira.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if w.azureURL, stop[1], err = w.azure.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop[0](); stop[1]() })
	slow := simulator.Rule{Delay: time.Millisecond}
	w.jira.Faults().Add(slow)
	w.azure.Faults().Add(slow)
	return w
}

// child is this test as another process: it pulls both trackers into a store.
func (w *backfillWorld) child(path string) *exec.Cmd {
	child := exec.CommandContext(w.t.Context(), os.Args[0], "-test.run=^TestC11ABackfill")
	child.Env = append(os.Environ(), childOfBackfill+"="+strings.Join([]string{w.jiraURL, w.azureURL, path}, " "))
	child.Stderr = os.Stderr
	return child
}

// pages counts the requests for pages of items.
func (w *backfillWorld) pages() (n int) {
	for _, e := range slices.Concat(w.jira.Truth().Entries(), w.azure.Truth().Entries()) {
		if strings.HasSuffix(e.Path, "/search/jql") || strings.HasSuffix(strings.ToLower(e.Path), "/workitemsbatch") {
			n++
		}
	}
	return n
}

// killAfter starts a child and kills it once so many pages were asked for, and
// a moment later; false when the child had ended by itself.
func (w *backfillWorld) killAfter(path string, pages int, moment time.Duration) bool {
	w.t.Helper()
	child := w.child(path)
	if err := child.Start(); err != nil {
		w.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- child.Wait() }()
	tick := time.NewTicker(500 * time.Microsecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			if err != nil {
				w.t.Fatal(err)
			}
			return false
		case <-tick.C:
			if w.pages() < pages {
				continue
			}
			time.Sleep(moment)
			_ = child.Process.Kill() // it may have ended
			return (<-ended) != nil
		}
	}
}

// blind cannot count what there is: a census would fetch what the sweeps lost.
type blind struct{ backlog.Reader }

func (blind) Census(context.Context, backlog.ProjectID) iter.Seq2[backlog.CensusPage, error] {
	return func(yield func(backlog.CensusPage, error) bool) {
		yield(backlog.CensusPage{}, backlog.ErrIncomplete)
	}
}

// backfill is what the child does.
func backfill(t *testing.T, settings []string) {
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(t.Context(), store.Settings{Path: settings[2]}, time.Now, log)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	j, err := jira.New(jira.Settings{Connection: "jira", URL: settings[0], PageSize: 3},
		client(t, rest.Settings{BaseURL: settings[0], User: "bot@shop.example", ReadPOST: jira.ReadPOST(), Verify: jira.Verify}), nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := azuredevops.New(azuredevops.Settings{Connection: "azure", URL: settings[1], BatchSize: 3, RangeSize: 50},
		client(t, rest.Settings{BaseURL: settings[1], BasicPAT: true, ReadPOST: azuredevops.ReadPOST(), Verify: azuredevops.Verify}), nil)
	if err != nil {
		t.Fatal(err)
	}
	puller := &pull.Puller{Store: db, Clock: time.Now, Log: log}
	for _, c := range []struct {
		name   string
		reader backlog.Reader
	}{{"jira", blind{j}}, {"azure", blind{a}}} {
		name, reader := c.name, c.reader
		site, err := puller.Describe(t.Context(), name, reader)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := puller.Pull(t.Context(), name, site, reader); err != nil {
			t.Fatal(err)
		}
	}
}

// dump tells what a store holds, without what depends on the order or the time
// of reading.
func dump(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := map[string][]string{}
	for name, query := range map[string]string{
		"items": `SELECT s.kind || '/' || i.remote_id || ' ' || i.key || ' ' || i.parent || ' ' || i.rev || ' ' || i.updated || ' ' || i.activity || ' ' || i.filled
			|| ' ' || i.presence || ' ' || i.iterations || ' ' || i.content_hash || ' ' || i.summary_hash || ' ' || i.data FROM item i JOIN site s ON s.id = i.site`,
		"links": `SELECT f.key || ' ' || l.type || ' ' || l.direction || ' ' || l.to_ref || ' ' || COALESCE(t.key, '?')
			FROM link l JOIN item f ON f.id = l.from_item LEFT JOIN item t ON t.id = l.to_item`,
		"iterations": `SELECT remote_id || ' ' || data FROM iteration`,
		"dirty":      `SELECT kind || ' ' || subject FROM dirty`,
		"pasts due":  `SELECT i.key || ' ' || d.active || ' ' || d.updated FROM history_due d JOIN item i ON i.id = d.item`,
		"sweeps":     `SELECT name FROM sweep`,
	} {
		all[name] = column(t, db, query)
		slices.Sort(all[name])
		all["counts"] = append(all["counts"], fmt.Sprint(name, " ", len(all[name])))
	}
	slices.Sort(all["counts"])
	return all
}

// column reads the only column of a query.
func column(t *testing.T, db *sql.DB, query string) (all []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
