package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Webhooks takes the webhooks of trackers, at POST /webhooks/CONNECTION. One
// is believed only as far as to fetch the items that it names, so that a
// forged or repeated one costs at most one read and a lost one costs nothing
// but time: the next poll brings what it would have told.
type Webhooks struct {
	Hinters map[string]backlog.Hinter // by connection
	// Hinted is handed what a webhook speaks of. It must not block.
	Hinted  func(connection string, hints []backlog.Hint)
	Metrics *Metrics
	Clock   func() time.Time
	Log     *slog.Logger

	mu   sync.Mutex
	seen map[string]time.Time
}

const (
	longest  = 10 << 20 // bytes of a webhook; they repeat the whole item
	remember = 24 * time.Hour
	memory   = 20_000 // how many are remembered
)

// ServeHTTP answers 202 when a webhook was taken, 200 when it had come before,
// 401 when it is not from the tracker, 404 for a connection that takes none,
// and 400 or 413 for what cannot be understood.
func (h *Webhooks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	connection := r.PathValue("connection")
	hinter := h.Hinters[connection]
	if hinter == nil {
		answer(w, http.StatusNotFound, map[string]any{"problem": "no such connection, or it takes no webhooks"})
		return
	}
	status, result, err := h.take(connection, hinter, w, r)
	h.Metrics.hooks.WithLabelValues(connection, result).Inc()
	if err != nil {
		h.Log.Warn("webhook", "connection", connection, "result", result, "error", err)
	}
	answer(w, status, map[string]any{"webhook": result})
}

func (h *Webhooks) take(connection string, hinter backlog.Hinter, w http.ResponseWriter, r *http.Request) (status int, result string, err error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, longest))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge, "not understood", err
	case err != nil:
		return http.StatusBadRequest, "not understood", fmt.Errorf("read body: %w", err)
	}
	hints, err := hinter.Hint(r, body)
	switch {
	case errors.Is(err, backlog.ErrUnauthorized):
		return http.StatusUnauthorized, "refused", err
	case err != nil:
		return http.StatusBadRequest, "not understood", err
	case h.repeated(connection, r, body):
		return http.StatusOK, "repeated", nil
	}
	if len(hints) > 0 {
		h.Hinted(connection, hints)
	}
	return http.StatusAccepted, "taken", nil
}

// repeated reports whether a webhook came before. Jira gives each an
// identifier that its retries keep; elsewhere the whole body has to do.
func (h *Webhooks) repeated(connection string, r *http.Request, body []byte) bool {
	key := r.Header.Get("X-Atlassian-Webhook-Identifier")
	if key == "" {
		sum := sha256.Sum256(body)
		key = hex.EncodeToString(sum[:])
	}
	key = connection + "/" + key
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.Clock()
	at, before := h.seen[key]
	if before && now.Sub(at) < remember {
		return true
	}
	if h.seen == nil || len(h.seen) >= memory { // forgetting costs one read each, not more
		h.seen = map[string]time.Time{}
	}
	h.seen[key] = now
	return false
}
