package rest

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// answer is a response with its body already read.
type answer struct {
	*http.Response
	body []byte
}

// rewind lets the next reader begin at the start.
func (r *answer) rewind() {
	r.Body = &inMemory{bytes.NewReader(r.body), r.body}
	r.ContentLength = int64(len(r.body))
}

// inMemory is the body of an answer that has been read.
type inMemory struct {
	*bytes.Reader
	all []byte
}

// Close does nothing.
func (*inMemory) Close() error { return nil }

// ReadAll gives the body of an answer, which must not be changed. It is not
// copied when this package has read it already.
func ReadAll(body io.Reader) ([]byte, error) {
	if known, ok := body.(*inMemory); ok && known.Len() == len(known.all) {
		return known.all, nil
	}
	return io.ReadAll(body)
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
	case code == http.StatusGone && a.classes.removed != "":
		return errRemoved, false, false
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
	case !valid(bytes.TrimPrefix(r.body, []byte("\xef\xbb\xbf"))):
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
