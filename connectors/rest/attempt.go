package rest

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/failpoint"
)

// bottom is the last layer: one call is one request on the wire. What it
// returns is either usable, with the whole body in memory, or an *Error.
type bottom struct{ c *Client }

// attempt is one request on its way.
type attempt struct {
	*Client
	req     *http.Request
	reads   bool
	classes classes
	started time.Time // when it left
	key     credential
	sent    atomic.Bool // a connection was there, so something may have left
}

func (b bottom) RoundTrip(req *http.Request) (*http.Response, error) {
	defer closeBody(req)
	a := &attempt{Client: b.c, req: req, reads: b.c.reads(req), classes: b.c.classes(req)}
	if err := a.notRemoved(req.Context()); err != nil {
		return nil, err
	}
	leave, err := a.admit(req.Context())
	if err != nil {
		return nil, a.fail(nil, nil, err, false)
	}
	resp, err := a.leave(req.Context())
	a.breaker.done(leave, health(err), summary(err))
	return resp, err
}

// admit waits until the gate is open for all of the request's classes, the
// breaker lets it pass, and the limits and the pace have a place for it. Many
// may have waited at the gate; they leave one after the other, and whoever
// finds it shut again by then goes back to waiting.
func (a *attempt) admit(ctx context.Context) (ticket, error) {
	all := a.classes.all()
	for {
		if err := a.gate.wait(ctx, all...); err != nil {
			return ticket{}, err
		}
		leave, err := a.breaker.admit(ctx)
		if err != nil {
			return ticket{}, err
		}
		err = a.limits.wait(ctx, a.req.Method, a.classes)
		if err == nil {
			err = a.pace.wait(ctx)
		}
		if err == nil {
			var shut bool
			if _, shut, err = a.gate.state(ctx, all...); err == nil && !shut {
				return leave, nil
			}
		}
		a.breaker.done(leave, neutral, "")
		if err != nil {
			return ticket{}, err
		}
	}
}

// leave adds the credentials and sends, within the deadline of one request.
func (a *attempt) leave(ctx context.Context) (*http.Response, error) {
	key, err := a.credential()
	if err != nil {
		return nil, a.fail(nil, nil, fmt.Errorf("read token: %w", err), false)
	}
	a.key, a.started = key, time.Now()
	ctx, cancel := context.WithTimeout(ctx, a.settings.Timeout)
	defer cancel()
	return a.send(ctx)
}

func (a *attempt) send(ctx context.Context) (*http.Response, error) {
	failpoint.Hit("before request", a.req.Method, a.req.URL.Path)
	resp, err := a.wire.RoundTrip(a.outgoing(ctx))
	if err != nil {
		return nil, a.unanswered(ctx, nil, err)
	}
	failpoint.Hit("answer begins", a.req.Method, a.req.URL.Path)
	a.observe(ctx, resp)
	body, err := readWhole(resp, a.settings.MaxBody)
	failpoint.Hit("after request", a.req.Method, a.req.URL.Path)
	a.log.Debug("tracker answered", "method", a.req.Method, "path", a.path(),
		"status", resp.StatusCode, "bytes", len(body), "took", time.Since(a.started), "request", a.key.clean(RequestID(resp.Header)))
	if err != nil {
		return nil, a.unanswered(ctx, &answer{resp, body}, err)
	}
	if cause, again, ok := a.judge(&answer{resp, body}); !ok {
		return nil, a.fail(resp, body, cause, again)
	}
	resp.Request = a.req
	return resp, nil
}

// outgoing is the request as it leaves, with the credentials and a note when
// there was a connection to leave by.
func (a *attempt) outgoing(ctx context.Context) *http.Request {
	out := a.req.Clone(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { a.sent.Store(true) },
	}))
	out.GetBody = nil // nobody below may send it again
	out.Header.Set("Authorization", a.key.header)
	if a.settings.UserAgent != "" {
		out.Header.Set("User-Agent", a.settings.UserAgent)
	}
	return out
}

func (a *attempt) path() string { return a.key.clean(a.req.URL.Path) }

var errTooLarge = errors.New("answer is too large")

// usualAnswer is how much is set aside for an answer that does not say how long
// it is, as none does that comes compressed.
const usualAnswer = 16 << 10

// readWhole reads a body to its end. Longer than most is an error, never a cut.
func readWhole(resp *http.Response, most int64) ([]byte, error) {
	defer resp.Body.Close()
	var b bytes.Buffer
	b.Grow(int(max(usualAnswer, min(resp.ContentLength+bytes.MinRead, most))))
	_, err := b.ReadFrom(io.LimitReader(resp.Body, most+1))
	read := b.Bytes()
	if err != nil {
		return read, err
	}
	if int64(len(read)) > most {
		return read[:most], fmt.Errorf("%w: more than %d bytes", errTooLarge, most)
	}
	return read, nil
}

// unanswered is an answer that did not come, or not whole.
func (a *attempt) unanswered(ctx context.Context, got *answer, err error) error {
	cause, again := fmt.Errorf("%w: %w", backlog.ErrUnavailable, err), true
	var untrusted *tls.CertificateVerificationError
	switch {
	case a.req.Context().Err() != nil: // the caller gave up
		cause, again = a.req.Context().Err(), false
	case ctx.Err() != nil:
		cause, again = fmt.Errorf("%w: no whole answer within %s", backlog.ErrUnavailable, a.settings.Timeout), false
	case errors.Is(err, errTooLarge), errors.Is(err, errForbiddenNetwork), errors.As(err, &untrusted):
		again = false
	}
	if got == nil {
		return a.fail(nil, nil, cause, again)
	}
	return a.fail(got.Response, got.body, cause, again)
}

// fail makes the error that the caller sees.
func (a *attempt) fail(resp *http.Response, body []byte, cause error, again bool) error {
	e := &Error{
		Method: a.req.Method,
		Path:   a.path(),
		Sent:   a.sent.Load(),
		Err:    a.key.cleanError(cause),
		again:  again && a.reads,
	}
	if resp != nil {
		text := []byte(a.key.clean(string(body)))
		e.Status, e.Body = resp.StatusCode, bytes.Clone(text[:min(len(text), maxErrorBody)])
		e.Header = a.key.cleanHeader(resp.Header)
		e.RequestID = RequestID(e.Header)
		e.RetryAfter = asked(resp, time.Now())
	}
	return e
}
