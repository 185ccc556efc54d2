package web

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics are what Prometheus is told, under /metrics: what this process did,
// counted here, and what is known of the backlogs, read from the books when it
// asks. docs/metrics.md describes each.
type Metrics struct {
	registry *prometheus.Registry
	passes   *prometheus.CounterVec
	took     prometheus.Histogram
	judged   prometheus.Counter
	writes   *prometheus.CounterVec
	hooks    *prometheus.CounterVec
	hinted   prometheus.Histogram
}

// NewMetrics makes the metrics of one process.
func NewMetrics(version string, books Books, clock func() time.Time, log *slog.Logger) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		passes:   counter("passes_total", "Passes over a connection, by how they ended: whole, partial or failed.", "connection", "result"),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: namespace, Name: "pass_seconds", Help: "How long a pass over all connections took.",
			Buckets: prometheus.ExponentialBuckets(0.05, 4, 9),
		}),
		judged: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: namespace, Name: "judged_total", Help: "Subjects that were judged.",
		}),
		writes: counter("writes_total", "Requests that write, by outcome: applied, refused or unknown.", "connection", "outcome"),
		hooks:  counter("webhooks_total", "Webhooks, by what became of them: taken, repeated, refused or not understood.", "connection", "result"),
		hinted: prometheus.NewHistogram(prometheus.HistogramOpts{
			Namespace: namespace, Name: "webhook_to_judged_seconds", Help: "From a webhook's arrival until its item was judged.",
			Buckets: prometheus.ExponentialBuckets(0.02, 2.5, 10),
		}),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "Always 1; the version is a label.",
		ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	m.registry.MustRegister(build, m.passes, m.took, m.judged, m.writes, m.hooks, m.hinted,
		newShelf(books, clock, log), collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

const namespace = "trackwarden"

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

// How a pass over one connection ended.
const (
	Whole   = "whole"
	Partial = "partial" // something in scope could not be seen or trusted
	Failed  = "failed"
)

// Passed counts one pass over one connection.
func (m *Metrics) Passed(connection, result string) {
	m.passes.WithLabelValues(connection, result).Inc()
}

// Took tells how long a pass over all connections took.
func (m *Metrics) Took(d time.Duration) { m.took.Observe(d.Seconds()) }

// Judged counts subjects that were judged.
func (m *Metrics) Judged(n int) { m.judged.Add(float64(n)) }

// Wrote counts requests that write, by outcome.
func (m *Metrics) Wrote(connection string, applied, refused, unknown int) {
	for outcome, n := range map[string]int{"applied": applied, "refused": refused, "unknown": unknown} {
		m.writes.WithLabelValues(connection, outcome).Add(float64(n))
	}
}

// Hinted tells how long it took from a webhook until its item was judged.
func (m *Metrics) Hinted(d time.Duration) { m.hinted.Observe(d.Seconds()) }

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}
