package azuredevops

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// edition is which Azure DevOps we talk to. Services speaks version 7.1 of the
// API; Azure DevOps Server 2022 ends at 7.0, which lacks nothing that we use
// but Markdown. Requests are made for 7.1 and reworded on their way out.
type edition struct{ server atomic.Bool }

// stated finds the version that a request asks for.
var stated = regexp.MustCompile(`api-version=7\.1(-preview\.\d+)?`)

// reword asks a Server for the version that it speaks.
func (e *edition) reword(r *http.Request) *http.Request {
	accept := r.Header.Get("Accept")
	if !e.server.Load() || !stated.MatchString(accept) {
		return r
	}
	accept = stated.ReplaceAllString(accept, "api-version=7.0${1}")
	if strings.Contains(strings.ToLower(r.URL.Path), "/comments") { // the one after it brought Markdown
		accept = strings.Replace(accept, "preview.4", "preview.3", 1)
	}
	r = r.Clone(r.Context())
	r.Header.Set("Accept", accept)
	return r
}

// greet asks who we are, and finds out what is spoken there: a Server refuses
// what is too new for it, or answers in its own version.
func (t *Tracker) greet(ctx context.Context) (d connectionData, err error) {
	who := call{method: http.MethodGet, at: "00d9565f-ed9c-4a06-9a50-00e7896ccab4", version: "7.1-preview.1"}
	header, err := t.do(ctx, who, &d)
	switch {
	case err == nil && speaks(header, "7.0"):
		t.edition.server.Store(true)
	case tooNew(err) && t.edition.server.CompareAndSwap(false, true):
		_, err = t.do(ctx, who, &d)
	case err == nil && speaks(header, "7.1"): // it was upgraded to be one
		t.edition.server.Store(false)
	}
	if tooNew(err) {
		return d, fmt.Errorf("%w: the server is older than Azure DevOps Server 2022: %s", backlog.ErrUnavailable, message(err))
	}
	return d, err
}

// tooNew reports whether a version of the API was refused.
func tooNew(err error) bool {
	e, ok := rest.AsError(err)
	return ok && e.Status == http.StatusBadRequest && strings.Contains(string(e.Body), "VssVersionOutOfRange")
}

// speaks reports whether an answer says that it is of a version.
func speaks(header http.Header, version string) bool {
	_, params, _ := mime.ParseMediaType(header.Get("Content-Type"))
	said, _, _ := strings.Cut(params["api-version"], "-")
	return said == version
}
