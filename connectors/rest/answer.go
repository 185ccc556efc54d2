package rest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// answer is a response with its body already read.
type answer struct {
	*http.Response
	body []byte
}

// rewind lets the next reader begin at the start.
func (r *answer) rewind() {
	r.Body = io.NopCloser(bytes.NewReader(r.body))
	r.ContentLength = int64(len(r.body))
}

// judge decides whether an answer can be used; if not, why (nil: the status
// says it all) and whether reading again may help.
func (a *attempt) judge(r *answer) (cause error, again, usable bool) {
	if a.settings.Verify != nil {
		r.rewind()
		if err := a.settings.Verify(r.Response); err != nil {
			return err, false, false
		}
	}
	r.rewind()
	switch code := r.StatusCode; {
	case code == http.StatusUnauthorized:
		return backlog.ErrUnauthorized, false, false
	case code == http.StatusNonAuthoritativeInfo: // Azure DevOps for a bad token
		return fmt.Errorf("%w: a sign-in page instead of an answer", backlog.ErrUnauthorized), false, false
	case code >= 300 && code < 400:
		return redirected(r.Header.Get("Location")), false, false
	case code == http.StatusTooManyRequests:
		return fmt.Errorf("%w: too many requests", backlog.ErrUnavailable), true, false
	case code >= 500, code == http.StatusRequestTimeout:
		return backlog.ErrUnavailable, code != http.StatusNotImplemented, false
	case code >= 400:
		return nil, false, false
	}
	return a.content(r)
}

// content judges the body of a 2xx: JSON, or nothing where nothing was asked.
func (a *attempt) content(r *answer) (cause error, again, usable bool) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.StatusCode == http.StatusNoContent, a.req.Method == http.MethodHead:
		return nil, false, true
	case len(bytes.TrimSpace(r.body)) == 0:
		asked := a.reads && a.req.Method != http.MethodOptions
		return fmt.Errorf("%w: the answer is empty", backlog.ErrUnavailable), true, !asked
	case isMarkup(r.body) || kind == "text/html":
		return fmt.Errorf("%w: a web page instead of an answer", backlog.ErrUnauthorized), false, false
	case !strings.Contains(kind, "json"):
		return fmt.Errorf("%w: the answer is %q, not JSON", backlog.ErrUnavailable, kind), false, false
	case !json.Valid(bytes.TrimPrefix(r.body, []byte("\xef\xbb\xbf"))):
		return fmt.Errorf("%w: the answer is cut or is not JSON", backlog.ErrUnavailable), true, false
	}
	return nil, false, true
}

func isMarkup(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))), []byte("<"))
}

var signIn = regexp.MustCompile(`(?i)sign-?in|log-?in|log-?on|oauth|authori[sz]e|saml|/sso\b`)

// redirected names where a redirect wanted to go, without its query, which may
// hold a ticket.
func redirected(location string) error {
	u, err := url.Parse(location)
	if err != nil {
		return fmt.Errorf("%w: redirected", backlog.ErrUnavailable)
	}
	cause := backlog.ErrUnavailable
	if signIn.MatchString(u.Host + u.Path) {
		cause = backlog.ErrUnauthorized
	}
	return fmt.Errorf("%w: redirected to %s, not followed", cause, (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String())
}

// observe takes from an answer's headers what concerns every later request:
// the server's clock, and whether it asks everybody to wait. Azure DevOps asks
// so on answers that are otherwise good.
func (a *attempt) observe(resp *http.Response) {
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		a.clock.Store(&date)
	}
	pause := a.pause(resp)
	if pause <= 0 {
		return
	}
	why := fmt.Sprintf("%s %s was answered %d", a.req.Method, a.path(), resp.StatusCode)
	if reason := resp.Header.Get("RateLimit-Reason"); reason != "" {
		why += " (" + a.key.clean(reason) + ")"
	}
	a.log.Warn("tracker asks to wait", "for", pause, "why", why)
	a.gate.close(time.Now().Add(pause), why)
}

// pause reads Retry-After (RFC 9110, section 10.2.3): seconds, or a date on the
// server's clock. Garbage and the past count as absent, and a 429 without one
// still asks for a moment. No answer can hold us longer than MaxWait.
func (a *attempt) pause(resp *http.Response) time.Duration {
	pause := retryAfter(resp.Header, a.settings.MaxWait)
	if pause <= 0 && resp.StatusCode == http.StatusTooManyRequests {
		pause = a.settings.MinBackoff
	}
	return min(pause, a.settings.MaxWait)
}

func retryAfter(h http.Header, longest time.Duration) time.Duration {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), int64(longest/time.Second)+1)) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(at.Sub(now), 0)
}
