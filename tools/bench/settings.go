package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// settings is what differs between the configurations of measures.
type settings struct {
	tracker *tracker
	store   string // file name of the database
	poll    time.Duration
	zone    string
	hooks   bool
}

// Two time zones that are a day apart at every moment: going from one to the
// other is a new day without a clock that moves.
const (
	yesterday = "Pacific/Honolulu"   // UTC-10
	today     = "Pacific/Kiritimati" // UTC+14
)

// Secrets reach the program by the environment.
const (
	tokenVariable = "BENCH_TOKEN"
	hookVariable  = "BENCH_HOOK"
	hookSecret    = "measured, not guessed"
	hookUser      = "hooks"
)

// configure writes trackwarden.yaml and returns its path.
func (b *bench) configure(s settings) (string, error) {
	var y strings.Builder
	user, kind, hooks := "", "jira", ""
	if s.tracker.User != "" {
		user = fmt.Sprintf("user: %q, ", s.tracker.User)
	}
	if s.tracker.kind == azure {
		kind, hooks = "azuredevops", fmt.Sprintf("user: %q, ", hookUser)
	}
	fmt.Fprintf(&y, "connections:\n  - name: bench\n    kind: %s\n    url: %q\n", kind, s.tracker.URL)
	fmt.Fprintf(&y, "    auth: {%stoken: {env: %s}}\n    write: {mode: observe}\n", user, tokenVariable)
	fmt.Fprintf(&y, "    scope: {projects: [%s]}\n", quoted(s.tracker.Projects))
	if s.hooks {
		fmt.Fprintf(&y, "    webhook: {%ssecret: {env: %s}}\n", hooks, hookVariable)
	}
	fmt.Fprintf(&y, "schedule: {poll: %s, timezone: %q}\n", s.poll, s.zone)
	fmt.Fprintf(&y, "store: {path: %q}\nserver: {listen: \"127.0.0.1:0\"}\n", s.store)
	path := filepath.Join(b.dir, "trackwarden.yaml")
	if err := os.WriteFile(path, []byte(y.String()), 0o600); err != nil {
		return "", fmt.Errorf("write settings: %w", err)
	}
	return path, nil
}

// forget deletes a database.
func (b *bench) forget(store string) {
	for _, ending := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(filepath.Join(b.dir, store+ending)) // what is not there need not go
	}
}

func quoted(words []string) string {
	var all []string
	for _, w := range words {
		all = append(all, fmt.Sprintf("%q", w))
	}
	return strings.Join(all, ", ")
}
