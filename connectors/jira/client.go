package jira

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/andygrunwald/go-jira"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// propertyKey names the issue property and the comment property that are ours.
const propertyKey = "trackwarden"

// parallel is how many requests of one kind may be under way at once.
const parallel = 6

// Tracker is one Jira site. It is safe for concurrent use.
type Tracker struct {
	settings Settings
	http     *rest.Client
	client   *jira.Client
	log      *slog.Logger

	mu       sync.Mutex
	model    *model // as last described; nil before
	layouts  layouts
	formerly []knownAs // fields that held a word

	ways     ways
	calendar calendar
	server   atomic.Bool // it is a Data Center
	bare     atomic.Bool // issue properties were refused together with labels
	unlinked atomic.Bool // remote links were refused before any were read
}

var (
	_ backlog.Reader    = (*Tracker)(nil)
	_ backlog.Writer    = (*Tracker)(nil)
	_ backlog.Historian = (*Tracker)(nil)
	_ backlog.Linker    = (*Tracker)(nil)
	_ backlog.Hinter    = (*Tracker)(nil)
)

// New makes a tracker. It sends nothing. The HTTP stack must have been made
// with ReadPOST and Verify of this package.
func New(s Settings, http *rest.Client, log *slog.Logger) (*Tracker, error) {
	s = s.withDefaults()
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("connect %s: %w", s.Connection, err)
	}
	client, err := jira.NewClient(http.HTTP(), s.URL)
	if err != nil {
		return nil, fmt.Errorf("connect %s: %w", s.Connection, err)
	}
	return &Tracker{settings: s, http: http, client: client, log: log}, nil
}

// ReadPOST lists the ends of the paths whose POST only reads, so that the HTTP
// stack may repeat it.
func ReadPOST() []string {
	return []string{"/api/2/search", "/search/jql", "/search/approximate-count", "/issue/bulkfetch", "/changelog/bulkfetch", "/comment/list", "/permissions/check"}
}

// Verify refuses an answer that looks fine and is not: Jira may answer a bad
// token with 200 and empty results, and only a header tells. The error wraps
// backlog.ErrUnauthorized.
func Verify(r *http.Response) error {
	reason := r.Header.Get("X-Seraph-LoginReason")
	for _, bad := range []string{"AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED"} {
		if strings.Contains(reason, bad) {
			return fmt.Errorf("%w: Jira answers %d and says %s", backlog.ErrUnauthorized, r.StatusCode, bad)
		}
	}
	if strings.EqualFold(r.Header.Get("X-AUSERNAME"), "anonymous") {
		return fmt.Errorf("%w: Jira answers us as anonymous", backlog.ErrUnauthorized)
	}
	return nil
}

// call makes one request and decodes its answer into the value; nil means that
// only success matters. Its errors carry a *rest.Error when an answer could
// not be used.
func (t *Tracker) call(ctx context.Context, method, path string, body, into any) (http.Header, error) {
	request, err := t.client.NewRequestWithContext(ctx, method, path, body)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	response, err := t.client.Do(request, nil)
	if response == nil {
		return nil, plainly(err)
	}
	defer response.Body.Close()
	if refused := Verify(response.Response); refused != nil {
		return response.Header, refused
	}
	if err == nil && into != nil {
		err = decodeAll(response.Body, into)
	}
	if err != nil {
		return response.Header, fmt.Errorf("%w: understand the answer of %s: %w", backlog.ErrUnavailable, path, err)
	}
	return response.Header, nil
}

// get reads one resource.
func (t *Tracker) get(ctx context.Context, path string, query url.Values, into any) error {
	return t.either(http.MethodGet, path, func(path string) error {
		if len(query) > 0 {
			path += "?" + query.Encode()
		}
		_, err := t.call(ctx, http.MethodGet, path, nil, into)
		return err
	})
}

// ask reads by a POST that changes nothing.
func (t *Tracker) ask(ctx context.Context, path string, body, into any) error {
	return t.either(http.MethodPost, path, func(path string) error { return t.post(ctx, path, body, into) })
}

// post is ask in the path's own version of the API only.
func (t *Tracker) post(ctx context.Context, path string, body, into any) error {
	_, err := t.call(ctx, http.MethodPost, path, body, into)
	return err
}

// plainly takes off what go-jira and net/http wrap around an error of the HTTP
// stack, which says it all.
func plainly(err error) error {
	if e, ok := rest.AsError(err); ok {
		return e
	}
	return err
}
