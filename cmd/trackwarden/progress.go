package main

import (
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/trackwarden/trackwarden/sync/pull"
)

// progress shows how far reading and writing are: one bar for each connection
// on a terminal, elsewhere a line every ten seconds, so that what is quick says
// nothing. On the command line it speaks on standard error, so that results can
// be piped.
type progress struct {
	clock func() time.Time
	moods map[string]mood // by connection
	say   func(line string)
	bars  *mpb.Progress // nil: lines

	mu   sync.Mutex
	work map[string]*work
	said time.Time

	ended chan struct{}
	loop  sync.WaitGroup
}

// mood tells until when a connection's requests wait, and why; zero while they
// need not.
type mood func() (until time.Time, reason string)

// work is one thing under way: reading a connection, or writing on it.
type work struct {
	tally
	connection string
	bar        *mpb.Bar
}

const lineEvery = 10 * time.Second

func newProgress(w io.Writer, clock func() time.Time, moods map[string]mood) *progress {
	p := quietProgress(clock, moods, func(line string) { newPrinter(w).line("%s", line) })
	if onTerminal(w) {
		p.bars = mpb.New(mpb.WithOutput(w), mpb.WithWidth(24), mpb.WithAutoRefresh())
		return p
	}
	p.loop.Go(p.keepTelling)
	return p
}

// logged is progress as lines of a daemon's log. What is quick says nothing.
func (a *app) logged() *progress {
	p := quietProgress(a.clock, a.moods, func(line string) { a.log.Info(line) })
	p.loop.Go(p.keepTelling)
	a.reconciler.Puller.Progress, a.reconciler.Writing = p.Reading, p.Writing
	return p
}

// quietProgress is one that speaks only when it is asked to.
func quietProgress(clock func() time.Time, moods map[string]mood, say func(string)) *progress {
	return &progress{clock: clock, moods: moods, say: say, work: map[string]*work{}, said: clock(), ended: make(chan struct{})}
}

// Reading is told of every page.
func (p *progress) Reading(at pull.Progress) {
	p.show("read", at.Connection, tally{done: at.Items, before: at.Before, total: at.Total, about: at.About})
}

// Writing is told of every item.
func (p *progress) Writing(connection string, done, total int) {
	p.show("write", connection, tally{done: done, total: total})
}

func (p *progress) show(verb, connection string, now tally) {
	p.mu.Lock()
	defer p.mu.Unlock()
	what := verb + " " + connection
	at, known := p.work[what]
	if !known {
		at = &work{connection: connection, tally: tally{what: what, begun: p.clock()}}
		p.work[what] = at
		if p.bars != nil {
			at.bar = p.draw(at)
		}
	}
	now.what, now.begun = at.what, at.begun
	at.tally = now
	if at.bar != nil {
		at.bar.SetTotal(int64(max(now.total, now.done, 1)), false)
		at.bar.SetCurrent(int64(now.done))
	}
}

// draw begins a bar. Its words are made anew whenever it is drawn, so that they
// go on while the tracker lets us wait.
func (p *progress) draw(at *work) *mpb.Bar {
	return p.bars.AddBar(1, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(at.what+" ")),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string {
			p.mu.Lock()
			defer p.mu.Unlock()
			return " " + p.words(at)
		})))
}

// words say how far something is and what holds it up.
func (p *progress) words(at *work) string {
	now := p.clock()
	text := at.status(now)
	if tell := p.moods[at.connection]; tell != nil {
		if until, reason := tell(); until.After(now) {
			text += ", throttled until " + until.In(now.Location()).Format(time.TimeOnly) + ": " + reason
		}
	}
	return text
}

// keepTelling looks every second whether it is time for lines.
func (p *progress) keepTelling() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-p.ended:
			return
		case <-tick.C:
			p.tell()
		}
	}
}

// tell says a line for everything under way, if the last were long enough ago.
func (p *progress) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock()
	if now.Sub(p.said) < lineEvery {
		return
	}
	p.said = now
	for _, at := range sorted(p.work) {
		if at.total == 0 || at.done < at.total {
			p.say(at.what + ": " + p.words(at))
		}
	}
}

// Done takes the bars away.
func (p *progress) Done() {
	close(p.ended)
	p.loop.Wait()
	if p.bars == nil {
		return
	}
	p.mu.Lock()
	var bars []*mpb.Bar
	for _, at := range p.work {
		bars = append(bars, at.bar)
	}
	p.mu.Unlock()
	for _, bar := range bars {
		bar.Abort(true)
	}
	p.bars.Wait()
}
