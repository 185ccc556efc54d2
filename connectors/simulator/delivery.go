package simulator

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Delivery is one attempt to bring an event to a hook.
type Delivery struct {
	Event  string
	Header http.Header
	Body   []byte
	Status int   // of the answer; 0 is none
	Err    error // why there was none
	Lost   bool  // never sent
}

// retries is how often a delivery is sent again that was not accepted, and
// retryPause how long the sender waits before.
const (
	retries    = 2
	retryPause = 50 * time.Millisecond
)

// Hooks sends the events of a simulator to who has registered for them, each on
// its own: none waits for another, so they may arrive in any order. What is not
// accepted with 2xx is sent again. The zero value is ready; it is safe for
// concurrent use.
type Hooks struct {
	mu     sync.Mutex
	hooks  []Hook
	faults []*armedFault
	sent   []Delivery
	closed bool
	ctx    context.Context //nolint:containedctx // ends with Close, not with a caller
	cancel context.CancelFunc
	busy   sync.WaitGroup
}

// Register adds a hook. Its address must be on loopback.
func (h *Hooks) Register(hook Hook) error {
	u, err := url.Parse(hook.URL)
	if err != nil {
		return fmt.Errorf("register hook: %w", err)
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("register hook %s: not on loopback", hook.URL)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hooks = append(h.hooks, hook)
	return nil
}

// Fault adds what is to go wrong.
func (h *Hooks) Fault(f HookFault) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = append(h.faults, &armedFault{HookFault: f})
}

// Wanted says whether anybody has registered for the event.
func (h *Hooks) Wanted(event string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, hook := range h.hooks {
		if hook.wants(event) {
			return !h.closed
		}
	}
	return false
}

// Deliveries are all attempts so far.
func (h *Hooks) Deliveries() []Delivery {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]Delivery(nil), h.sent...)
}

// Wait waits until nothing is on its way, late deliveries too.
func (h *Hooks) Wait() { h.busy.Wait() }

// Close gives up what is on its way and sends nothing more.
func (h *Hooks) Close() {
	h.mu.Lock()
	h.closed = true
	if h.cancel != nil {
		h.cancel()
	}
	h.mu.Unlock()
	h.busy.Wait()
}

// Send delivers an event to all who want it and returns at once. headers are
// the sender's own, such as the event's identifier.
func (h *Hooks) Send(event string, body []byte, headers map[string]string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	if h.ctx == nil {
		h.ctx, h.cancel = context.WithCancel(context.Background())
	}
	for _, hook := range h.hooks {
		if !hook.wants(event) {
			continue
		}
		fault := pickFault(h.faults, event)
		if fault.Lost {
			h.sent = append(h.sent, Delivery{Event: event, Body: body, Lost: true})
			continue
		}
		h.busy.Go(func() { h.bring(h.ctx, hook, fault, event, body, headers) })
	}
}

func (h *Hooks) bring(ctx context.Context, hook Hook, fault HookFault, event string, body []byte, headers map[string]string) {
	if !pause(ctx, fault.Late) {
		return
	}
	times := 1
	if fault.Twice {
		times = 2
	}
	for range times {
		for range 1 + retries {
			if h.attempt(ctx, hook, fault.Forged, event, body, headers) || !pause(ctx, retryPause) {
				break
			}
		}
	}
}

// attempt sends once and says whether that was the end of it. Nobody repeats a
// forgery.
func (h *Hooks) attempt(ctx context.Context, hook Hook, forged bool, event string, body []byte, headers map[string]string) bool {
	d := Delivery{Event: event, Body: body}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, bytes.NewReader(body))
	if err == nil {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
		for name, value := range headers {
			r.Header.Set(name, value)
		}
		hook.authorise(r, body, forged)
		d.Header = maps.Clone(r.Header)
		var answer *http.Response
		client := http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
		if answer, err = client.Do(r); err == nil {
			d.Status = answer.StatusCode
			_ = answer.Body.Close() // nothing in it matters
		}
	}
	d.Err = err
	h.mu.Lock()
	h.sent = append(h.sent, d)
	h.mu.Unlock()
	return forged || d.Status >= 200 && d.Status < 300
}
