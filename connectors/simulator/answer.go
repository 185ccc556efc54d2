package simulator

import (
	"bytes"
	"maps"
	"net/http"
	"strconv"
)

// answer keeps what a handler answered until it is decided how to send it.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newAnswer() *answer { return &answer{header: http.Header{}} }

// Header is that of http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the first status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

// Write keeps the body.
func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// send sends the whole answer.
func (a *answer) send(w http.ResponseWriter) {
	a.sendHead(w)
	// A failed write means that the client has gone; there is nobody to tell.
	_, _ = w.Write(a.body.Bytes())
}

func (a *answer) sendHead(w http.ResponseWriter) {
	a.WriteHeader(http.StatusOK)
	maps.Copy(w.Header(), a.header)
	if a.status != http.StatusNoContent && a.status != http.StatusNotModified {
		w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	}
	w.WriteHeader(a.status)
}

// sendBy sends the answer as the rule has it: slowly, or not to its end. A body
// shorter than its Content-Length makes net/http close the connection.
func (a *answer) sendBy(rule *Rule, w http.ResponseWriter, r *http.Request) {
	a.sendHead(w)
	body := a.body.Bytes()
	if rule.Truncate > 0 && rule.Truncate < len(body) {
		body = body[:rule.Truncate]
	}
	if !rule.Drip {
		_, _ = w.Write(body) // the client may have gone
		return
	}
	flush := http.NewResponseController(w)
	for i := range body {
		_, err := w.Write(body[i : i+1])
		if err != nil || flush.Flush() != nil || !pause(r.Context(), drip) {
			return
		}
	}
}
