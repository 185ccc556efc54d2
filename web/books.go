package web

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/trackwarden/trackwarden/backlog"
)

// Books is what metrics read of the store.
type Books interface {
	LastPasses(ctx context.Context) (map[string]backlog.PassRecord, error)
	FindingCounts(ctx context.Context) ([]backlog.FindingCount, error)
	Pauses(ctx context.Context) ([]backlog.Pause, error)
}

// shelf reads the books when Prometheus asks, but not more often than they
// can have changed much.
type shelf struct {
	books Books
	clock func() time.Time
	log   *slog.Logger

	mu   sync.Mutex
	read time.Time
	page []prometheus.Metric
}

const (
	fresh    = 5 * time.Second
	patience = 5 * time.Second // for the store to answer
)

func newShelf(books Books, clock func() time.Time, log *slog.Logger) *shelf {
	return &shelf{books: books, clock: clock, log: log}
}

var (
	seen     = gauge("coverage_seen_items", "Items that are held of a project.", "connection", "project")
	expected = gauge("coverage_expected_items", "Items that the project was last known to have.", "connection", "project")
	complete = gauge("coverage_complete", "1 when a project is known to be whole, 0 while it is suspect or could not be read.", "connection", "project")
	lag      = gauge("lag_seconds", "How old what is known of a project is.", "connection", "project")
	missing  = gauge("coverage_missing_items", "Items that the tracker does not show any more, and of which nothing is concluded yet.", "connection", "project")
	paused   = gauge("paused_seconds", "How long a tracker still wants to be left alone, by whether that is about everything or some requests only.", "connection", "what")
	ended    = gauge("last_pass_timestamp_seconds", "When the last pass over a connection ended.", "connection")
	open     = gauge("findings_open", "Open findings.", "connection", "policy", "severity")
)

func gauge(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
}

// Describe implements prometheus.Collector.
func (s *shelf) Describe(all chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{seen, expected, complete, lag, missing, ended, paused, open} {
		all <- d
	}
}

// Collect implements prometheus.Collector. Books that cannot be read are left
// out: no number is better than a wrong one.
func (s *shelf) Collect(all chan<- prometheus.Metric) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.clock(); s.page == nil || now.Sub(s.read) >= fresh || now.Before(s.read) {
		s.page, s.read = s.look(now), now
	}
	for _, m := range s.page {
		all <- m
	}
}

func (s *shelf) look(now time.Time) []prometheus.Metric {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var page []prometheus.Metric
	set := func(d *prometheus.Desc, value float64, labels ...string) {
		page = append(page, prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...))
	}
	for name, read := range map[string]func() error{
		"passes":   func() error { return s.passes(ctx, now, set) },
		"findings": func() error { return s.findings(ctx, set) },
		"pauses":   func() error { return s.pauses(ctx, now, set) },
	} {
		if err := read(); err != nil {
			s.log.Warn("read the books for metrics", "of", name, "error", err)
		}
	}
	return page
}

type setter func(d *prometheus.Desc, value float64, labels ...string)

func (s *shelf) passes(ctx context.Context, now time.Time, set setter) error {
	passes, err := s.books.LastPasses(ctx)
	if err != nil {
		return err
	}
	for connection, p := range passes {
		set(ended, float64(p.Ended.Unix()), connection)
		for _, c := range p.Coverage {
			set(seen, float64(c.Seen), connection, c.Project)
			set(expected, float64(c.Expected), connection, c.Project)
			set(missing, float64(c.Missing), connection, c.Project)
			set(complete, truth(c.State == backlog.Complete), connection, c.Project)
			if !c.AsOf.IsZero() {
				set(lag, max(0, now.Sub(c.AsOf).Seconds()), connection, c.Project)
			}
		}
	}
	return nil
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (s *shelf) findings(ctx context.Context, set setter) error {
	counts, err := s.books.FindingCounts(ctx)
	if err != nil {
		return err
	}
	for _, c := range counts {
		set(open, float64(c.Open), c.Connection, c.Policy, string(c.Severity))
	}
	return nil
}

// pauses tells the longest pause of everything and of anything else: there may
// be one for each item, and metrics must not grow with items.
func (s *shelf) pauses(ctx context.Context, now time.Time, set setter) error {
	pauses, err := s.books.Pauses(ctx)
	if err != nil {
		return err
	}
	longest := map[[2]string]time.Duration{}
	for _, p := range pauses {
		what := [2]string{p.Connection, "some"}
		if p.Class == "everything" {
			what[1] = p.Class
		}
		longest[what] = max(longest[what], p.Until.Sub(now))
	}
	for what, left := range longest {
		if left > 0 {
			set(paused, left.Round(time.Millisecond).Seconds(), what[0], what[1])
		}
	}
	return nil
}
