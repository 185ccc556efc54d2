package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/trackwarden/trackwarden/sync/pull"
)

// progress shows how far reading and writing are: bars on a terminal, a line
// every few seconds elsewhere. It writes to standard error, so that results can
// be piped.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	bars  *mpb.Progress
	bar   map[string]*mpb.Bar
	last  time.Time
	clock func() time.Time
}

func newProgress(w io.Writer, clock func() time.Time) *progress {
	p := &progress{w: w, clock: clock, bar: map[string]*mpb.Bar{}, last: clock()}
	if onTerminal(w) {
		p.bars = mpb.New(mpb.WithOutput(w), mpb.WithWidth(40), mpb.WithAutoRefresh())
	}
	return p
}

// Reading is told of every page.
func (p *progress) Reading(at pull.Progress) {
	p.show(fmt.Sprintf("read %s %s", at.Connection, at.Sweep), at.Items, at.Total)
}

// Writing is told of every item.
func (p *progress) Writing(connection string, done, total int) {
	p.show("write "+connection, done, total)
}

const lineEvery = 3 * time.Second

func (p *progress) show(what string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bars != nil {
		p.draw(what, done, total)
		return
	}
	if now := p.clock(); now.Sub(p.last) >= lineEvery {
		p.last = now
		fmt.Fprintf(p.w, "%s: %d of %s\n", what, done, known(total))
	}
}

func (p *progress) draw(what string, done, total int) {
	bar, begun := p.bar[what]
	if !begun {
		bar = p.bars.AddBar(int64(max(total, done)),
			mpb.BarRemoveOnComplete(),
			mpb.PrependDecorators(decor.Name(what+" ")),
			mpb.AppendDecorators(decor.CountersNoUnit("%d of %d"), decor.AverageSpeed(0, " %.0f/s"), decor.OnComplete(decor.AverageETA(decor.ET_STYLE_GO), "")),
		)
		p.bar[what] = bar
	}
	bar.SetTotal(int64(max(total, done)), false)
	bar.SetCurrent(int64(done))
}

// Done takes the bars away.
func (p *progress) Done() {
	if p.bars == nil {
		return
	}
	for _, bar := range p.bar {
		bar.Abort(true)
	}
	p.bars.Wait()
}

func known(total int) string {
	if total == 0 {
		return "?"
	}
	return fmt.Sprint(total)
}
