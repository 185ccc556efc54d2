package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Health remembers how the last passes went, for the two questions that a
// supervisor asks.
type Health struct {
	Clock func() time.Time
	// Patience is how long after the last good pass the daemon still counts as
	// ready.
	Patience time.Duration

	mu      sync.Mutex
	good    time.Time
	problem string
}

// Passed is told of every pass; err is why it could not be done whole.
func (h *Health) Passed(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil {
		h.problem = err.Error()
		return
	}
	h.good, h.problem = h.Clock(), ""
}

// ready reports whether a whole pass ended not long ago, and what stands in
// the way.
func (h *Health) ready() (ok bool, state map[string]any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	ok = !h.good.IsZero() && h.Clock().Sub(h.good) < h.Patience
	state = map[string]any{"ready": ok, "problem": h.problem}
	if !h.good.IsZero() {
		state["lastWholePass"] = h.good.UTC()
	}
	return ok, state
}

// Handler answers /healthz (the process lives: always 200) and /readyz (200
// after a whole pass, else 503), both as JSON.
func Handler(h *Health) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"alive": true})
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		ok, state := h.ready()
		status := http.StatusOK
		if !ok {
			status = http.StatusServiceUnavailable
		}
		answer(w, status, state)
	})
	return mux
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone: nobody to tell
}

// Serve listens on the address until the context ends. It returns once it
// listens, or with the reason why it cannot.
func Serve(ctx context.Context, address string, handler http.Handler, log *slog.Logger) (*http.Server, error) {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		var op *net.OpError // repeats the address
		if errors.As(err, &op) {
			err = op.Err
		}
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	server := &http.Server{Addr: listener.Addr().String(), Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("serve", "address", address, "error", err)
		}
	}()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return server, nil
}
