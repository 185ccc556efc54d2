package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Handler answers what the daemon is asked.
//
//	GET  /healthz                the process lives: always 200
//	GET  /readyz                 200 after a whole pass not long ago, else 503
//	GET  /metrics                for Prometheus
//	POST /webhooks/CONNECTION    see Webhooks
func Handler(health *Health, metrics *Metrics, webhooks *Webhooks) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"alive": true})
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		ok, state := health.ready()
		status := http.StatusOK
		if !ok {
			status = http.StatusServiceUnavailable
		}
		answer(w, status, state)
	})
	mux.Handle("GET /metrics", metrics.handler())
	mux.Handle("POST /webhooks/{connection}", webhooks)
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
	server := &http.Server{Addr: listener.Addr().String(), Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("serve", "address", address, "error", err)
		}
	}()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return server, nil
}
