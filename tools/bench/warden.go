package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// warden is a process of the program that is measured.
type warden struct {
	cmd    *exec.Cmd
	events chan event // what it said of itself; closed with its standard error
	last   []string   // the last lines that were none
	begun  time.Time
}

// startWarden runs a command of the program with -v.
func (b *bench) startWarden(ctx context.Context, s settings, command ...string) (*warden, error) {
	config, err := b.configure(s)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, b.warden, append(command, "-v", "--config", config)...)
	cmd.Env = append(os.Environ(), tokenVariable+"="+s.tracker.Token, hookVariable+"="+hookSecret)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	lines, err := cmd.StderrPipe()
	if err != nil {
		return nil, fmt.Errorf("start trackwarden: %w", err)
	}
	w := &warden{cmd: cmd, events: make(chan event, 1024), begun: time.Now()}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start trackwarden: %w", err)
	}
	go w.listen(lines)
	return w, nil
}

// listen notes when each event was heard of and what the process had used of
// the processors until then.
func (w *warden) listen(from io.Reader) {
	defer close(w.events)
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		e, isOne := parseEvent(lines.Text())
		if !isOne {
			if requestLine.FindString(lines.Text()) == "" {
				w.last = append(w.last[max(0, len(w.last)-9):], lines.Text())
			}
			continue
		}
		e.at = time.Now()
		e.spent, e.err = processorTime(w.cmd.Process.Pid)
		w.events <- e
	}
	_, _ = io.Copy(io.Discard, from) // whatever was too long to be a line
}

// next is the next thing that the process tells.
func (w *warden) next(ctx context.Context) (event, error) {
	select {
	case e, more := <-w.events:
		if !more {
			return e, fmt.Errorf("trackwarden ended: %q", w.last)
		}
		return e, e.err
	case <-ctx.Done():
		return event{}, ctx.Err()
	}
}

// until is the next thing of a name that the process tells.
func (w *warden) until(ctx context.Context, name string) (event, error) {
	for {
		if e, err := w.next(ctx); err != nil || e.name == name {
			return e, err
		}
	}
}

// pass follows one pass to its end.
func (w *warden) pass(ctx context.Context) (pass, error) {
	var p pass
	for {
		e, err := w.next(ctx)
		if err != nil {
			return p, fmt.Errorf("follow a pass: %w", err)
		}
		if e.name == listening {
			continue
		}
		p = append(p, e)
		if e.name == lastPart {
			return p, nil
		}
	}
}

// stop ends the process and tells the most memory that it ever had resident,
// in bytes.
func (w *warden) stop() (peak int64, err error) {
	_ = w.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	return w.wait()
}

// wait lets the process end by itself. A status that tells of findings or of
// the signal is no error.
func (w *warden) wait() (peak int64, err error) {
	for range w.events { // its pipe is to be empty before Wait closes it
		continue
	}
	err = w.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == 1 || exit.ExitCode() == 3) {
		err = nil
	}
	if err != nil {
		return 0, fmt.Errorf("trackwarden: %w: %q", err, w.last)
	}
	used, ok := w.cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, errors.New("the system does not tell how much memory a process had")
	}
	return used.Maxrss * peakUnit, nil
}
