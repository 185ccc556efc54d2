package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/trackwarden/trackwarden/config"
)

// ownPolicy is a policy that finds every open story of the backlog.
const ownPolicy = `package trackwarden.story

# METADATA
# title: Ours
# description: An open story.
# custom:
#   why: We care.
#   remedy: Care too.
#   practice: readiness
#   severity: info
violation contains {
	"policy": "story/ours",
	"evidence": {"open": true},
	"message": "It is open.",
} if {
	input.facts.not_done == true
}
`

// ours counts the findings of our own policy.
func ours(tr *train) (n int) {
	for finding := range tr.findings() {
		if strings.HasPrefix(finding, "story/ours") || strings.Contains(finding, "story/ours") {
			n++
		}
	}
	return n
}

// pass does what the daemon does on each poll.
func (tr *train) poll() {
	tr.t.Helper()
	if err := tr.app.daemon().pass(tr.t.Context()); err != nil {
		tr.t.Fatal(err)
	}
}

// Policies are taken over between two passes; broken ones are named and change
// nothing (P02).
func TestP01P02PoliciesAreTakenOverWhileRunning(t *testing.T) {
	tr := newTrain(t, nil, nil)
	tr.app.close()
	folder := filepath.Join(tr.dir, "own", "story")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(tr.configure(config.Observe, "policies:", "policies:\n  paths: [own]"), os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	var log logged
	if tr.app, err = openApp(t.Context(), cfg, tr.clock.Now, slog.New(slog.NewTextHandler(&log, nil))); err != nil {
		t.Fatal(err)
	}
	tr.poll()
	if n := ours(tr); n != 0 {
		t.Fatalf("%d findings before there is a policy", n)
	}
	file := filepath.Join(folder, "ours.rego")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		tr.poll()
	}
	write(ownPolicy)
	many, first := ours(tr), tr.app.library.Revision()
	if many == 0 || !strings.Contains(log.String(), "policies changed") {
		t.Fatalf("the new policy found nothing\n%s", log.String())
	}
	write(strings.Replace(ownPolicy, "input.facts.not_done == true", "input.facts.nod_one == true", 1))
	if ours(tr) != many || tr.app.library.Revision() != first {
		t.Error("a broken policy must leave the last good ones in place")
	}
	if !strings.Contains(log.String(), "story/ours.rego:") || !strings.Contains(log.String(), "the last good ones hold") {
		t.Errorf("the broken file is not named\n%s", log.String())
	}
	write(strings.Replace(ownPolicy, `"It is open."`, `"Mended."`, 1))
	if ours(tr) != many || tr.app.library.Revision() == first {
		t.Error("the mended policy must hold")
	}
}

// A bundle from a web server holds like a folder, and goes on holding while the
// server is away, also after a restart.
func TestPoliciesComeFromABundle(t *testing.T) {
	var body atomic.Pointer[[]byte]
	var away atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if away.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write(*body.Load())
	}))
	defer server.Close()
	packed := pack(t, map[string]string{"story/ours.rego": ownPolicy})
	body.Store(&packed)

	tr := newTrain(t, nil, nil)
	tr.app.close()
	start := func() {
		cfg, err := config.Load(tr.configure(config.Observe, "policies:", "policies:\n  remote: [{url: "+server.URL+"/bundle.tar.gz, unsigned: true}]"), os.LookupEnv)
		if err != nil {
			t.Fatal(err)
		}
		if tr.app, err = openApp(t.Context(), cfg, tr.clock.Now, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(tr.app.close)
	}
	start()
	tr.poll()
	many := ours(tr)
	if many == 0 {
		t.Fatal("the bundle's policy found nothing")
	}
	away.Store(true)
	tr.app.close()
	start()
	tr.poll()
	if ours(tr) != many {
		t.Error("a server that is away must change nothing")
	}
	broken := pack(t, map[string]string{"story/ours.rego": strings.Replace(ownPolicy, "not_done", "nod_one", 1)})
	body.Store(&broken)
	away.Store(false)
	tr.app.close()
	start()
	tr.poll()
	if ours(tr) != many {
		t.Error("a bundle that does not compile must change nothing, in the next process either")
	}
	tr.app.close()
	start() // what is kept is the good one still
	tr.poll()
	if ours(tr) != many {
		t.Error("the broken bundle was kept as the last good one")
	}
}

// pack makes a bundle with the commands that everybody has.
func pack(t *testing.T, files map[string]string) []byte {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var packed, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), "tar", "-czf", "-", "-C", dir, ".")
	cmd.Stdout, cmd.Stderr = &packed, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("tar: %v %s", err, errs.String())
	}
	return packed.Bytes()
}
