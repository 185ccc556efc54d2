package azuresim

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// call is one request on its way through an operation.
type call struct {
	w       *World
	rw      http.ResponseWriter
	r       *http.Request
	base    string // the organisation's own URL, as the client spells its host
	query   map[string]string
	vars    map[string]string
	project *project
	team    *team
	version string // as asked: "7.1-preview.3"
	status  int    // of the answer; 0 is 200
}

func newCall(w *World, rw http.ResponseWriter, r *http.Request) *call {
	c := &call{w: w, rw: rw, r: r, query: map[string]string{}}
	c.base = "http://" + r.Host + w.root()
	for name, values := range parameters(r) {
		c.query[key(name)] = values[0]
	}
	c.version = askedVersion(r, c.query)
	return c
}

// parameters reads the query. A semicolon is a character like any other: tokens
// hold some.
func parameters(r *http.Request) url.Values {
	values, _ := url.ParseQuery(strings.ReplaceAll(r.URL.RawQuery, ";", "%3B")) // what cannot be read is not there
	return values
}

var versionInAccept = regexp.MustCompile(`(?i)api-version=\s*v?([0-9][^;,\s]*)`)

// askedVersion is the api-version of the Accept header or of the query.
func askedVersion(r *http.Request, query map[string]string) string {
	if m := versionInAccept.FindStringSubmatch(r.Header.Get("Accept")); m != nil {
		return m[1]
	}
	return query["api-version"]
}

// checkVersion refuses a write that names no version, and a release version of
// what was never released.
func (c *call) checkVersion(rt *route) error {
	if err := c.negotiate(rt); err != nil {
		return err
	}
	reads := rt.method == http.MethodGet || rt.method == http.MethodOptions
	if c.version == "" && !reads {
		return refused(http.StatusBadRequest, "VssVersionNotSpecifiedException",
			`No api-version was supplied for the "%s" request. The version must be supplied either as part of the `+
				`Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`,
			rt.method)
	}
	if rt.preview && c.version != "" && !strings.Contains(key(c.version), "-preview") {
		return refused(http.StatusBadRequest, "VssInvalidPreviewVersionException",
			`The requested version "%s" of the resource is under preview. The -preview flag must be supplied in the `+
				`api-version for such requests. For example: "%s-preview"`, c.version, c.version)
	}
	return nil
}

// scopeTo binds the project and the team of a path.
func (c *call) scopeTo(names []string) error {
	if len(names) == 0 {
		return nil
	}
	if c.project = c.w.visible(names[0]); c.project == nil {
		return noProject(names[0])
	}
	c.team = c.project.teams[0]
	if len(names) > 1 {
		if c.team = c.project.findTeam(names[1]); c.team == nil {
			return refused(http.StatusNotFound, "TeamNotFoundException",
				"TF400367: The team does not exist: %s.", names[1])
		}
	}
	return nil
}

// decode reads a JSON body.
func (c *call) decode(into any) error {
	raw, err := io.ReadAll(c.r.Body)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		return badArgument("Value cannot be read: %s", err)
	}
	return nil
}

// number reads a query value, or the default when it is absent or nonsense.
func (c *call) number(name string, fallback int) int {
	n, err := strconv.Atoi(c.query[name])
	if err != nil {
		return fallback
	}
	return n
}

func (c *call) flag(name string) bool { return strings.EqualFold(c.query[name], "true") }

// note enters an applied write in the truth.
func (c *call) note(item int, what string) { simulator.Note(c.r, strconv.Itoa(item), what) }

func (c *call) send(body any) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	if body == nil {
		c.rw.WriteHeader(c.status)
		return
	}
	kind := "application/json; charset=utf-8"
	if c.version != "" {
		kind += "; api-version=" + c.version
	}
	c.write(kind, body)
}

func (c *call) fail(err error) {
	var f *failure
	if !errors.As(err, &f) {
		f = refused(http.StatusInternalServerError, "Exception", "%s", err)
	}
	c.status = f.status
	if f.plain {
		c.write("text/plain; charset=utf-8", f.message)
		return
	}
	c.write("application/json; charset=utf-8", f.body())
}

func (c *call) write(kind string, body any) {
	c.rw.Header().Set("Content-Type", kind)
	c.rw.WriteHeader(c.status)
	// A failed write means that the client has gone; there is nobody to tell.
	_, _ = c.rw.Write(append(simulator.AppendJSON(nil, body), '\n'))
}

// list is how the service wraps a list.
func list[T any](values []T) map[string]any {
	if values == nil {
		values = []T{}
	}
	return map[string]any{"count": len(values), "value": values}
}

// wireTime spells a time as the service does: milliseconds, without zeros at
// the end.
func wireTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.999Z") }
