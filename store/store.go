package store

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// ErrUnusable means that the database file cannot be worked with: corrupt,
// read-only, not a database, or written by a newer version.
var ErrUnusable = errors.New("database unusable")

// Settings say where the database is. Zone is where people's days begin; nil
// is UTC.
type Settings struct {
	Path string
	Zone *time.Location
}

// DB is an open database.
type DB struct{}

var errSoon = errors.New("not built yet")

func Open(ctx context.Context, s Settings, clock func() time.Time, log *slog.Logger) (*DB, error) {
	return nil, errSoon
}
func (db *DB) Close() error { return errSoon }

func (db *DB) PinSite(ctx context.Context, connection string, site backlog.Site) error {
	return errSoon
}
func (db *DB) Site(ctx context.Context, connection string) (backlog.Site, bool, error) {
	return backlog.Site{}, false, errSoon
}
func (db *DB) Sites(ctx context.Context) (map[string]backlog.Site, error) { return nil, errSoon }
func (db *DB) Round(ctx context.Context, site backlog.SiteID) ([]backlog.Sweep, backlog.Mark, error) {
	return nil, nil, errSoon
}
func (db *DB) BeginRound(ctx context.Context, site backlog.SiteID, sweeps []backlog.Sweep) error {
	return errSoon
}
func (db *DB) CommitPage(ctx context.Context, connection string, site backlog.SiteID, sweep string, page backlog.Page) (backlog.Changes, error) {
	return backlog.Changes{}, errSoon
}
func (db *DB) EndRound(ctx context.Context, site backlog.SiteID) error { return errSoon }
func (db *DB) CommitSightings(ctx context.Context, connection string, site backlog.SiteID, sightings []backlog.Sighting, outside bool) (backlog.Changes, error) {
	return backlog.Changes{}, errSoon
}
func (db *DB) CommitEcho(ctx context.Context, connection string, item backlog.Item) error {
	return errSoon
}
func (db *DB) NotStored(ctx context.Context, ids []backlog.ItemID) ([]backlog.ItemID, error) {
	return nil, errSoon
}
func (db *DB) Unresolved(ctx context.Context, limit int) ([]backlog.Ref, error) { return nil, errSoon }
func (db *DB) Asked(ctx context.Context, refs []backlog.Ref) error              { return errSoon }
func (db *DB) Counts(ctx context.Context, connection string) (map[string]int, error) {
	return nil, errSoon
}

func (db *DB) MarkAllDirty(ctx context.Context, reason string) error { return errSoon }

// Dirty lists subjects of these connections; nil means all connections.
func (db *DB) Dirty(ctx context.Context, connections []string, limit int) ([]backlog.Dirty, error) {
	return nil, errSoon
}
func (db *DB) Families(ctx context.Context, ids []backlog.ItemID) ([]backlog.Family, error) {
	return nil, errSoon
}
func (db *DB) Edges(ctx context.Context) ([]backlog.Edge, error) { return nil, errSoon }
func (db *DB) SetCycles(ctx context.Context, cycles map[backlog.ItemID][]string) error {
	return errSoon
}
func (db *DB) Keys(ctx context.Context, ids []backlog.ItemID) (map[backlog.ItemID]string, error) {
	return nil, errSoon
}
func (db *DB) Usage(ctx context.Context, since time.Time) ([]backlog.Usage, error) {
	return nil, errSoon
}
func (db *DB) OpenFindings(ctx context.Context, subjects []backlog.Subject) (map[backlog.Subject][]backlog.Finding, error) {
	return nil, errSoon
}
func (db *DB) SaveJudgements(ctx context.Context, judged []backlog.Judged) error { return errSoon }
func (db *DB) Setting(ctx context.Context, key string) (string, error)           { return "", errSoon }
func (db *DB) SetSetting(ctx context.Context, key, value string) error           { return errSoon }
func (db *DB) EachJudgement(ctx context.Context, each func(backlog.Subject, *backlog.Stored, backlog.Judgement) error) error {
	return errSoon
}
func (db *DB) EachOpenFinding(ctx context.Context, each func(backlog.Finding, *backlog.Stored) error) error {
	return errSoon
}
func (db *DB) ClosedSince(ctx context.Context, since time.Time) ([]backlog.Finding, error) {
	return nil, errSoon
}

func (db *DB) Candidates(ctx context.Context, site backlog.SiteID) ([]backlog.Candidate, error) {
	return nil, errSoon
}
func (db *DB) Candidate(ctx context.Context, id backlog.ItemID) (backlog.Candidate, bool, error) {
	return backlog.Candidate{}, false, errSoon
}
func (db *DB) Iterations(ctx context.Context, site backlog.SiteID) ([]backlog.Iteration, error) {
	return nil, errSoon
}

// NewIntentID makes the id that the change and its steps carry.
func (db *DB) NewIntentID() string { return "" }

// BeginIntent commits change.Intent; backlog.ErrBusy when the item has an open one.
func (db *DB) BeginIntent(ctx context.Context, change backlog.Change, steps []backlog.Step, planHash string) error {
	return errSoon
}
func (db *DB) MarkSent(ctx context.Context, intent string, n int) error    { return errSoon }
func (db *DB) Record(ctx context.Context, result backlog.StepResult) error { return errSoon }
func (db *DB) OpenIntents(ctx context.Context, site backlog.SiteID) ([]backlog.Intent, error) {
	return nil, errSoon
}
func (db *DB) CloseIntent(ctx context.Context, id string, state backlog.IntentState, reason string) error {
	return errSoon
}
func (db *DB) Owned(ctx context.Context, id backlog.ItemID) ([]backlog.Owned, error) {
	return nil, errSoon
}
func (db *DB) Dismiss(ctx context.Context, finding int64) error { return errSoon }

func (db *DB) BeginPass(ctx context.Context, connection string, site backlog.SiteID) (int64, error) {
	return 0, errSoon
}
func (db *DB) EndPass(ctx context.Context, pass backlog.PassRecord) error { return errSoon }
func (db *DB) LastPasses(ctx context.Context) (map[string]backlog.PassRecord, error) {
	return nil, errSoon
}
func (db *DB) SaveSnapshot(ctx context.Context, week string, rows []backlog.SnapshotRow) error {
	return errSoon
}
func (db *DB) Snapshot(ctx context.Context, week string) ([]backlog.SnapshotRow, error) {
	return nil, errSoon
}

// Slot claims a schedule's slot for a recipient; fresh only the first time.
func (db *DB) Slot(ctx context.Context, schedule string, at time.Time, recipient string) (fresh bool, err error) {
	return false, errSoon
}
