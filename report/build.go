package report

import (
	"context"
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Source is what a report is built from.
type Source interface {
	EachJudgement(ctx context.Context, each func(backlog.Subject, *backlog.Stored, backlog.Judgement) error) error
	EachOpenFinding(ctx context.Context, each func(backlog.Finding, *backlog.Stored) error) error
	ClosedSince(ctx context.Context, since time.Time) ([]backlog.Finding, error)
	Digest(ctx context.Context, since time.Time) (map[backlog.ItemID]bool, error)
	LastPasses(ctx context.Context) (map[string]backlog.PassRecord, error)
	Snapshot(ctx context.Context, week string) ([]backlog.SnapshotRow, error)
	SaveSnapshot(ctx context.Context, week string, rows []backlog.SnapshotRow) error
}

// Rule is what the report has to know of a policy.
type Rule struct {
	ID, Title, Remedy, Practice string
	Severity                    backlog.Severity
}

// Settings is what a report is told.
type Settings struct {
	Organisation backlog.Organisation
	Policies     []Rule // in the order shown
	Exemptions   []Exemption
	Connections  []string // all that ought to have been read
	Zone         *time.Location
}

// Exemption is one of the settings.
type Exemption struct {
	Policy, Connection, Item, Train, Team, Owner, Reason, Until string
}

const (
	schema   = 1
	ageing   = 14 * 24 * time.Hour
	firstAll = 10 // things to do first, for everybody
	firstFew = 3  // and for one team
)

// Build makes the report of the week that holds now, and keeps the week's
// snapshot, so that next week can say what changed.
func Build(ctx context.Context, source Source, s Settings, now time.Time) (Report, error) {
	b := newBuilder(s, now)
	for _, collect := range []func(context.Context, Source) error{b.data, b.judgements, b.told, b.findings, b.fixed} {
		if err := collect(ctx, source); err != nil {
			return Report{}, fmt.Errorf("collect report: %w", err)
		}
	}
	before, weeks, err := history(ctx, source, now)
	if err != nil {
		return Report{}, err
	}
	report := b.report(before, weeks)
	if err := source.SaveSnapshot(ctx, report.Week, b.snapshot()); err != nil {
		return Report{}, fmt.Errorf("keep the week's snapshot: %w", err)
	}
	return report, nil
}

// history loads last week's scores and counts how many of the last weeks have
// a snapshot, this one included.
func history(ctx context.Context, source Source, now time.Time) (before []backlog.SnapshotRow, weeks int, err error) {
	weeks = 1
	for back := 1; back < colourWeeks; back++ {
		rows, err := source.Snapshot(ctx, week(now.AddDate(0, 0, -7*back)))
		if err != nil {
			return nil, 0, fmt.Errorf("load snapshot: %w", err)
		}
		if len(rows) == 0 {
			break
		}
		if back == 1 {
			before = rows
		}
		weeks++
	}
	return before, weeks, nil
}

// week is the ISO week of a day: "2026-W48".
func week(t time.Time) string {
	year, number := t.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, number)
}
