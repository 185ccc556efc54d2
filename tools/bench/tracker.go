package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// kind is which of the simulators is meant.
type kind string

const (
	jira  kind = "jira"
	azure kind = "azure"
)

// tracker is a simulator that runs as a process of its own.
type tracker struct {
	kind kind
	site
	cmd *exec.Cmd
	end io.Closer // its standard input; it ends with it
}

// site is where it is, as it says itself.
type site struct {
	URL      string   `json:"url"`
	Admin    string   `json:"admin"`
	User     string   `json:"user"`
	Token    string   `json:"token"`
	Projects []string `json:"projects"`
}

func (b *bench) startTracker(ctx context.Context, k kind, items int, latency time.Duration) (*tracker, error) {
	cmd := exec.CommandContext(ctx, b.simulators, "-"+string(k)+"-items", strconv.Itoa(items), "-latency", latency.String())
	cmd.Stderr = b.log
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start simulator: %w", err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start simulator: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start simulator: %w", err)
	}
	t := &tracker{kind: k, cmd: cmd, end: in}
	served := map[kind]*site{}
	err = json.NewDecoder(out).Decode(&served)
	if err == nil && served[k] == nil {
		err = errors.New("it does not say where it is")
	}
	if err != nil {
		t.stop()
		return nil, fmt.Errorf("start simulator: %w", err)
	}
	t.site = *served[k]
	return t, nil
}

func (t *tracker) stop() {
	_ = t.end.Close()
	_ = t.cmd.Wait() // it has served
}

// ask asks one of the simulator's own paths.
func (t *tracker) ask(ctx context.Context, method, path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	request, err := http.NewRequestWithContext(ctx, method, t.Admin+path, bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	text, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	if answer.StatusCode > 299 {
		return fmt.Errorf("ask %s: %s %s", path, answer.Status, strings.TrimSpace(string(text)))
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	return nil
}

// edit edits so many items as people would.
func (t *tracker) edit(ctx context.Context, n int) error {
	return t.ask(ctx, http.MethodPost, "/_edit?n="+strconv.Itoa(n), nil, nil)
}

// asked tells the requests since this was asked last.
func (t *tracker) asked(ctx context.Context) ([]request, error) {
	var all []request
	if err := t.ask(ctx, http.MethodGet, "/_truth", nil, &all); err != nil {
		return nil, err
	}
	return all, t.ask(ctx, http.MethodDelete, "/_truth", nil, nil)
}
