package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// compared is how many stories both programs judge: a fifth of a backfill, as
// many files as conftest was measured with by others.
func (b *bench) compared() int { return b.backfill / 5 }

// comparison is one folder of inputs and the same rules for both programs.
type comparison struct {
	inputs string
	files  []string
	rules  string // copies without tests, as conftest wants them
}

// measureConftest judges the same stories, a JSON file each, by the same rules
// with trackwarden policies bench --once and with conftest test: whole
// processes, by their processor time. Conftest's best case is to be asked for
// one namespace, which is the package of the stories' policies.
func measureConftest(ctx context.Context, b *bench) ([]row, error) {
	if b.conftest == "" {
		b.say("  skipped: name the program with -conftest PATH")
		return nil, nil
	}
	c, err := b.compare(ctx)
	if err != nil {
		return nil, err
	}
	ours := command(ctx, b.dir, b.warden, "policies", "bench", "--once", "--json", "--inputs", c.inputs, "--items", fmt.Sprint(b.compared()))
	spent, out, err := ours.run()
	if err != nil {
		return nil, err
	}
	var said struct {
		Policies []struct{ Findings, Failed int }
	}
	if err := json.Unmarshal(out, &said); err != nil || len(said.Policies) != 1 || said.Policies[0].Failed > 0 {
		return nil, fmt.Errorf("read what trackwarden says: %w: %s", err, out)
	}
	var rows []row
	for _, way := range []struct {
		name, flag string
		target     float64
	}{{"in its best case, one namespace", "--namespace=trackwarden.story", 15}, {"with all namespaces", "--all-namespaces", 30}} {
		theirs, found, err := c.conftest(ctx, b, way.flag)
		if err != nil {
			return rows, err
		}
		if found == 0 {
			return rows, fmt.Errorf("conftest %s finds nothing, so nothing shows that both judge alike", way.flag)
		}
		if found != said.Policies[0].Findings {
			return rows, fmt.Errorf("conftest finds something in %d stories, trackwarden in %d", found, said.Policies[0].Findings)
		}
		rows = append(rows, row{
			measure: fmt.Sprintf("the same %s stories as files: processor time of `conftest test` %s ÷ ours", thousands(len(c.files)), way.name),
			figure:  theirs.processor.Seconds() / spent.processor.Seconds(), target: way.target, least: true,
			note: fmt.Sprintf("%s ÷ %s; by the clock %s ÷ %s; both find something in %d", round(theirs.processor), round(spent.processor), round(theirs.clock), round(spent.clock), found),
		})
	}
	return rows, nil
}

// compare makes the inputs out of a simulator's stories, and the rules.
func (b *bench) compare(ctx context.Context) (comparison, error) {
	c := comparison{inputs: filepath.Join(b.dir, "inputs"), rules: filepath.Join(b.dir, "rules")}
	t, err := b.startTracker(ctx, jira, 2*b.compared(), 0)
	if err != nil {
		return c, err
	}
	defer t.stop()
	s := settings{tracker: t, store: "compared.db", poll: time.Minute, zone: today}
	w, err := b.startWarden(ctx, s, "check")
	if err != nil {
		return c, err
	}
	if _, err = w.wait(); err != nil {
		return c, err
	}
	// Its own configuration stays: without one, every policy is asked.
	config := filepath.Join(b.dir, "trackwarden.yaml")
	save := command(ctx, b.dir, b.warden, "policies", "bench", "--save", c.inputs, "--items", fmt.Sprint(4*b.compared()), "--time", "1ms", "--config", config)
	save.Env = append(os.Environ(), tokenVariable+"="+t.Token, hookVariable+"="+hookSecret)
	if _, _, err = save.run(); err != nil {
		return c, err
	}
	if err := os.Remove(config); err != nil {
		return c, fmt.Errorf("delete settings: %w", err)
	}
	if c.files, err = onlyStories(c.inputs, b.compared()); err != nil {
		return c, err
	}
	return c, copyRules("policies", c.rules)
}

// onlyStories deletes the inputs of other levels, and those beyond the number.
func onlyStories(folder string, most int) ([]string, error) {
	all, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list inputs: %w", err)
	}
	var stories []string
	for _, file := range all {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read input: %w", err)
		}
		var in struct{ Level string }
		if err := json.Unmarshal(text, &in); err != nil {
			return nil, fmt.Errorf("read input: %w", err)
		}
		if in.Level == "story" && len(stories) < most {
			stories = append(stories, file)
		} else if err := os.Remove(file); err != nil {
			return nil, fmt.Errorf("delete input: %w", err)
		}
	}
	if len(stories) == 0 {
		return nil, errors.New("there are no stories")
	}
	return stories, nil
}

// copyRules copies the policies of items and what they share, without their
// tests. Conftest calls the message msg; nothing else is changed.
func copyRules(from, to string) error {
	for _, folder := range []string{"lib", "story", "feature", "capability", "portfolio"} {
		files, err := filepath.Glob(filepath.Join(from, folder, "*.rego"))
		if err != nil || len(files) == 0 {
			return fmt.Errorf("there are no policies in %s: run this from the repository", filepath.Join(from, folder))
		}
		if err := os.MkdirAll(filepath.Join(to, folder), 0o700); err != nil {
			return fmt.Errorf("copy policies: %w", err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.rego") {
				continue
			}
			text, err := os.ReadFile(file)
			if err == nil {
				text = bytes.ReplaceAll(text, []byte(`"message":`), []byte(`"msg":`))
				err = os.WriteFile(filepath.Join(to, folder, filepath.Base(file)), text, 0o600)
			}
			if err != nil {
				return fmt.Errorf("copy policies: %w", err)
			}
		}
	}
	return nil
}

// conftest runs it over the files and counts those in which it finds anything
// that a story's policies say.
func (c comparison) conftest(ctx context.Context, b *bench, way string) (usage, int, error) {
	args := []string{"test", way, "--policy", c.rules, "--parser", "json", "--output", "json", "--no-color", c.inputs}
	spent, out, err := command(ctx, b.dir, b.conftest, args...).run()
	if err != nil {
		return spent, 0, err
	}
	var results []struct {
		Filename, Namespace string
		Failures            []json.RawMessage
	}
	if err := json.Unmarshal(out, &results); err != nil {
		return spent, 0, fmt.Errorf("read what conftest says: %w", err)
	}
	found := map[string]bool{}
	for _, r := range results {
		if len(r.Failures) > 0 && r.Namespace == "trackwarden.story" {
			found[r.Filename] = true
		}
	}
	return spent, len(found), nil
}

// whole is a process from its start to its end.
type whole struct{ *exec.Cmd }

// usage is what a whole process used.
type usage struct{ processor, clock time.Duration }

func command(ctx context.Context, dir, program string, args ...string) whole {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	return whole{cmd}
}

// run runs it. A status of 1 says that there are findings.
func (w whole) run() (usage, []byte, error) {
	var out, said bytes.Buffer
	w.Stdout, w.Stderr = &out, &said
	begun := time.Now()
	err := w.Run()
	spent := usage{clock: time.Since(begun)}
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		return spent, nil, fmt.Errorf("run %s: %w: %s", filepath.Base(w.Path), err, said.String())
	}
	used, ok := w.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return spent, nil, errors.New("the system does not tell what a process used")
	}
	spent.processor = time.Duration(used.Utime.Nano() + used.Stime.Nano())
	return spent, out.Bytes(), nil
}
