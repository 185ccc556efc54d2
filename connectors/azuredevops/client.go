package azuredevops

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"sync"

	"github.com/google/uuid"
	vendor "github.com/microsoft/azure-devops-go-api/azuredevops/v7"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/core"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/security"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/work"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Tracker is one organisation of Services or one collection of a Server. It is
// safe for concurrent use.
type Tracker struct {
	settings Settings
	http     *rest.Client
	log      *slog.Logger
	markup   markup
	places   []*regexp.Regexp // find one of our work items in an address

	client   *vendor.Client
	wit      *workitemtracking.ClientImpl
	work     *work.ClientImpl
	core     *core.ClientImpl
	security *security.ClientImpl

	mu    sync.Mutex
	model *model // as last described; nil before

	absent  absences
	listed  listings
	teams   teamRules
	edition *edition
}

var (
	_ backlog.Reader    = (*Tracker)(nil)
	_ backlog.Writer    = (*Tracker)(nil)
	_ backlog.Historian = (*Tracker)(nil)
	_ backlog.Hinter    = (*Tracker)(nil)
)

// New makes a tracker. It sends nothing. The HTTP stack must have been made
// with BasicPAT for a personal access token, and with ReadPOST and Verify of
// this package.
func New(s Settings, http *rest.Client, log *slog.Logger) (*Tracker, error) {
	s = s.withDefaults()
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("connect %s: %w", s.Connection, err)
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	// The vendor's own constructors would bring their own HTTP client and
	// credentials along, so the clients are put together by hand.
	connection := &vendor.Connection{SuppressFedAuthRedirect: true, UserAgent: "trackwarden"}
	web := http.HTTP()
	spoken := &edition{}
	web.Transport = informed{web.Transport, spoken}
	client := vendor.NewClientWithOptions(connection, s.URL, vendor.WithHTTPClient(web))
	t := &Tracker{
		settings: s, http: http, log: log, markup: newMarkup(), client: client, edition: spoken,
		wit:      &workitemtracking.ClientImpl{Client: *client},
		work:     &work.ClientImpl{Client: *client},
		core:     &core.ClientImpl{Client: *client},
		security: &security.ClientImpl{Client: *client},
	}
	for _, pattern := range s.locators() { // the address in them is quoted
		t.places = append(t.places, regexp.MustCompile(pattern))
	}
	return t, nil
}

// ReadPOST lists the ends of the paths whose POST only reads, so that the HTTP
// stack may repeat it.
func ReadPOST() []string {
	return []string{"/wiql", "/workitemsbatch", "/permissionevaluationbatch"}
}

// Verify refuses an answer whose body says that the credentials are not good,
// whatever its status says. The error wraps backlog.ErrUnauthorized.
func Verify(r *http.Response) error {
	if r.StatusCode < 400 || r.StatusCode >= 500 {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return fmt.Errorf("read refusal: %w", err)
	}
	if bytes.Contains(body, []byte("TF400813")) { // "The user … is not authorized to access this resource"
		return fmt.Errorf("%w: Azure DevOps answers %d and says TF400813", backlog.ErrUnauthorized, r.StatusCode)
	}
	return nil
}

// call is one request that the vendor's typed methods do not get right.
type call struct {
	method  string
	at      string            // id of the resource location
	version string            // api-version
	route   map[string]string // values of the location's path
	query   url.Values
	body    any
	media   string // of the body; JSON when empty
}

// do makes the request and decodes its answer. Its errors carry a *rest.Error
// when there was an answer that could not be used.
func (t *Tracker) do(ctx context.Context, c call, into any) (http.Header, error) {
	location, err := uuid.Parse(c.at)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	var body io.Reader
	media := ""
	if c.body != nil {
		encoded, err := json.Marshal(c.body)
		if err != nil {
			return nil, fmt.Errorf("make request: %w", err)
		}
		body, media = bytes.NewReader(encoded), vendor.MediaTypeApplicationJson
	}
	if c.media != "" {
		media = c.media
	}
	response, err := t.client.Send(ctx, c.method, location, c.version, c.route, c.query, body, media, vendor.MediaTypeApplicationJson, nil)
	if err != nil {
		return nil, explain(err)
	}
	if source, asItIs := into.(*raw); asItIs {
		defer response.Body.Close()
		*source, err = rest.ReadAll(response.Body)
		*source = bytes.TrimPrefix(*source, []byte("\xef\xbb\xbf"))
	} else {
		err = t.client.UnmarshalBody(response, into)
	}
	return response.Header, explain(err)
}

// explain makes the vendor's errors tell what the house has to know. An answer
// that could be read but not understood counts as no sensible answer.
func explain(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := rest.AsError(err); ok || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%w: %w", backlog.ErrUnavailable, err)
}

// of reads one of the vendor's pointers; the zero value when there is none.
func of[T any](p *T) T {
	var zero T
	if p == nil {
		return zero
	}
	return *p
}
