package rest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/trackwarden/trackwarden/backlog"
)

// Error is an answer, or its absence, that cannot be used. It holds no
// credential, even when the server repeated it.
type Error struct {
	Method, Path string
	Status       int           // 0: no answer at all
	Sent         bool          // the request may have reached the server: on a write this means unknown
	Body         []byte        // first 4 KiB, redacted, for messages and for parsing error details
	Header       http.Header   // redacted, without cookies; nil without an answer
	RequestID    string        // the tracker's name for the request; empty when it gave none
	RetryAfter   time.Duration // how long the tracker asked to wait, capped; 0: it did not
	Err          error         // cause; wraps backlog.ErrUnauthorized, ErrUnavailable or the context's error where fitting

	again bool // sending it once more may help and can do no harm
}

// maxErrorBody bounds Error.Body in bytes.
const maxErrorBody = 4 << 10

// Error is one line: the request, the status, the cause, and the beginning of
// a body that is not a web page.
func (e *Error) Error() string {
	parts := []string{e.Method + " " + e.Path}
	if e.Status != 0 {
		parts = append(parts, strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))))
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	if text := excerpt(e.Body); text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// AsError finds the Error in what a vendor's client returned.
func AsError(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// Status is the HTTP status of an error; 0 when there was no answer.
func Status(err error) int {
	if e, ok := AsError(err); ok {
		return e.Status
	}
	return 0
}

// NotOffered reports whether a site does not offer what was asked for, or not
// to us: old servers, doubles, accounts and tokens of few rights. Of an item's
// own path it may also mean that the item is not there. Credentials that are
// not good say nothing of what a site offers.
func NotOffered(err error) bool {
	if errors.Is(err, backlog.ErrUnauthorized) {
		return false
	}
	switch Status(err) {
	case http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented:
		return true
	}
	return false
}

// RequestID is the tracker's own name for a request, from the headers of its
// answer; empty when there is none.
func RequestID(h http.Header) string {
	for _, name := range []string{"Atl-Traceid", "X-Arequestid", "ActivityId", "X-Vss-E2eid", "X-Request-Id"} {
		if id := h.Get(name); id != "" {
			return id
		}
	}
	return ""
}

// excerpt is the beginning of a body as one line; nothing of a web page.
func excerpt(body []byte) string {
	const longest = 200
	if isMarkup(body) {
		return ""
	}
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(string(body), " "))
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return string(runes)
}
