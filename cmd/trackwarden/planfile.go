package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// planFile is a plan as plan --out writes it and apply --plan reads it.
type planFile struct {
	Schema  int               `json:"schema"`
	Hash    string            `json:"hash"`
	Made    time.Time         `json:"made"`
	Changes []backlog.Planned `json:"changes"`
}

// writePlan writes the plan of a pass to a file.
func writePlan(path string, result reconcile.Result, now time.Time) error {
	file := planFile{Schema: contractSchema, Made: now.UTC(), Changes: []backlog.Planned{}}
	for _, o := range result.Connections {
		file.Changes = append(file.Changes, o.Plan.Changes...)
	}
	file.Hash = backlog.Plan{Changes: file.Changes}.Hash()
	text, err := json.MarshalIndent(file, "", "  ")
	if err == nil {
		err = os.WriteFile(path, append(text, '\n'), 0o600)
	}
	if err != nil {
		return incomplete(fmt.Errorf("write the plan: %w", err))
	}
	return nil
}

var errPlanChanged = errors.New("the file is not what trackwarden plan wrote: make a new one with trackwarden plan --out")

// readPlan reads a plan that is to be carried out exactly so.
func readPlan(path string) (reconcile.Given, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, usage(fmt.Errorf("--plan: %w", err))
	}
	var file planFile
	if err := json.Unmarshal(text, &file); err != nil || file.Schema != contractSchema {
		return nil, usage(fmt.Errorf("--plan %s: %w", path, errPlanChanged))
	}
	if (backlog.Plan{Changes: file.Changes}).Hash() != file.Hash {
		return nil, usage(fmt.Errorf("--plan %s: %w", path, errPlanChanged))
	}
	given := reconcile.Given{}
	for _, c := range file.Changes {
		if given[c.Connection] == nil {
			given[c.Connection] = map[backlog.ItemID]string{}
		}
		given[c.Connection][c.Item] = c.ContentHash()
	}
	return given, nil
}
