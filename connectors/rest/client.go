package rest

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// Client is the HTTP stack of one connection. It may be used from several
// goroutines; all of them share its pace and its gate.
type Client struct {
	settings Settings
	origin   string
	log      *slog.Logger
	wire     *http.Transport // the network
	dialer   *dialer
	retry    *retryablehttp.RoundTripper
	gate     gate
	breaker  breaker
	limits   limits
	pace     *pace
	budget   *budget
	mute     mute
	clock    atomic.Pointer[time.Time]
}

// New builds the stack. It fails when the settings could send the credentials
// astray: an address without a host, with a password in it, or without TLS.
func New(s Settings, log *slog.Logger) (*Client, error) {
	base, err := s.base()
	if err != nil {
		return nil, fmt.Errorf("check connection settings: %w", err)
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	s = s.withDefaults()
	c := &Client{
		settings: s,
		origin:   origin(base),
		log:      log,
		gate:     gate{shared: s.Gate, longest: s.MaxWait, log: log},
		breaker:  breaker{first: 2 * s.MinBackoff, log: log},
		limits:   limits{Limits: s.Limits},
		pace:     newPace(s.Rate, s.Burst),
		budget:   newBudget(),
	}
	c.wire, c.dialer = newWire(base, s)
	c.retry = c.newRetry()
	return c, nil
}

// HTTP is the client to hand to a vendor's library. Every error that it
// returns holds an *Error; find it with AsError.
func (c *Client) HTTP() *http.Client {
	return &http.Client{Transport: front{c}, CheckRedirect: refuseRedirect}
}

// Now is the server's clock as its last answer showed it, zero before the
// first one.
func (c *Client) Now() time.Time {
	if t := c.clock.Load(); t != nil {
		return *t
	}
	return time.Time{}
}

// Mood says until when, by our clock, requests do not leave, and why: because
// the tracker asked to wait, or because it fails again and again. When only
// some requests wait, it is the longest of their pauses. Zero when all is well.
// What other processes were asked is known from the last request on.
func (c *Client) Mood() (until time.Time, reason string) {
	if p, shut := c.gate.local(everything); shut {
		return p.leave, p.why
	}
	if until, reason = c.breaker.state(); !until.IsZero() {
		return until, reason
	}
	p, _ := c.gate.any()
	return p.leave, p.why
}

func refuseRedirect(*http.Request, []*http.Request) error {
	return errors.New("redirects are not followed")
}

// front is the first layer: it lets only requests to our own host pass, in a
// form that nothing below can repeat behind our back.
type front struct{ c *Client }

func (f front) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := f.c.refuse(req); err != nil {
		closeBody(req)
		return nil, err
	}
	out := req.Clone(req.Context())
	// net/http replays a POST on a broken connection when it carries one of
	// these, and rewinds a body when it has GetBody.
	out.Header.Del("Idempotency-Key")
	out.Header.Del("X-Idempotency-Key")
	out.GetBody = nil
	// Set by us or not at all: the credentials, and the compression that the
	// transport undoes.
	out.Header.Del("Authorization")
	out.Header.Del("Accept-Encoding")
	out.URL.User = nil

	f.c.budget.earn()
	resp, err := f.c.retry.RoundTrip(out)
	closeBody(req) // the middle has read it whole
	if err == nil {
		return resp, nil
	}
	if e, ok := AsError(err); ok {
		return nil, e
	}
	return nil, &Error{Method: req.Method, Path: req.URL.Path, Err: err}
}

// refuse keeps a request away from any other host than the connection's.
func (c *Client) refuse(req *http.Request) *Error {
	host := req.URL
	if req.Host != "" {
		host = &url.URL{Scheme: req.URL.Scheme, Host: req.Host}
	}
	if origin(req.URL) == c.origin && origin(host) == c.origin {
		return nil
	}
	return &Error{Method: req.Method, Path: req.URL.Path,
		Err: fmt.Errorf("request to %s refused: the connection is bound to %s", origin(req.URL), c.origin)}
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// reads reports whether a request changes nothing, so that it may be sent
// again.
func (c *Client) reads(req *http.Request) bool {
	switch req.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return true
	case http.MethodPost:
		return hasSuffix(req.URL.Path, c.settings.ReadPOST)
	}
	return false
}
