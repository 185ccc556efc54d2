package jirasim

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// call is one request on its way through the site. The world is locked.
type call struct {
	*World
	r         *http.Request
	body      []byte
	v3        bool              // bodies are documents, not wiki text
	anonymous bool              // nobody is signed in
	failed    bool              // because the credentials were refused in silence
	memo      map[string]object // what has been shown already, by its address
}

// serve answers a call.
type serve func(*call) reply

// routes are the site's paths, without /rest/api/N before those of the platform.
func (w *World) routes() http.Handler {
	issues, others := http.NewServeMux(), http.NewServeMux()
	for pattern, s := range issueRoutes(w.settings.Edition) {
		w.mount(issues, pattern, s)
	}
	for pattern, s := range siteRoutes(w.settings.Edition) {
		w.mount(others, pattern, s)
	}
	for pattern, s := range agileRoutes() {
		others.HandleFunc(pattern, w.handle(s))
	}
	if !w.datacenter() {
		others.HandleFunc("GET /_edge/tenant_info", w.tenantInfo)
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if !w.within(r) {
			http.NotFound(rw, r)
			return
		}
		mux := others
		if strings.Contains(r.URL.Path, "/issue/") && !strings.Contains(r.URL.Path, "/createmeta/") && !strings.HasPrefix(r.URL.Path, "/rest/agile/") {
			mux = issues
		}
		mux.ServeHTTP(rw, r)
	})
}

// mount serves "METHOD /path" under the versions of the platform's API.
func (w *World) mount(mux *http.ServeMux, pattern string, s serve) {
	method, path, _ := strings.Cut(pattern, " ")
	for _, version := range w.versions() {
		mux.HandleFunc(method+" /rest/api/"+version+path, w.handle(s))
	}
}

// handle signs the caller in, reads the body and writes the reply.
func (w *World) handle(s serve) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the client is gone
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.growth.tidy()
		c := &call{World: w, r: r, body: body, v3: strings.HasPrefix(r.URL.Path, "/rest/api/3/")}
		if refused := c.signIn(rw.Header()); refused != nil {
			refused.write(rw)
			return
		}
		if len(body) > 0 && !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			fault(http.StatusUnsupportedMediaType, "").write(rw)
			return
		}
		s(c).write(rw)
	}
}

// decode reads the body into a value; strict refuses unknown fields.
func (c *call) decode(into any, strict bool) *reply {
	dec := json.NewDecoder(strings.NewReader(string(c.body)))
	if strict {
		dec.DisallowUnknownFields()
	}
	if dec.Decode(into) != nil {
		r := fault(http.StatusBadRequest, "Invalid request payload. Refer to the REST API documentation and try again.")
		return &r
	}
	return nil
}

// path is a part of the request's path.
func (c *call) path(name string) string { return c.r.PathValue(name) }

// query is a query parameter.
func (c *call) query(name string) string { return c.r.URL.Query().Get(name) }

// listed are the values of a query parameter that may repeat or hold commas.
func (c *call) listed(name string) []string {
	var all []string
	for _, value := range c.r.URL.Query()[name] {
		for _, part := range strings.Split(value, ",") {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

// self is an address on this site.
func (c *call) self(path string) string {
	version := "2"
	if c.v3 {
		version = "3"
	}
	return c.settings.BaseURL + "/rest/api/" + version + path
}

// remember shows a thing once for each call: a page refers to the same few
// types, states and people over and over. Nobody changes what is shown.
func (c *call) remember(kind, id string, show func() object) object {
	o, known := c.memo[kind+id]
	if !known {
		if o = show(); c.memo == nil {
			c.memo = map[string]object{}
		}
		c.memo[kind+id] = o
	}
	return o
}
