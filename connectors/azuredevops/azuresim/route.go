package azuresim

import (
	"net/http"
	"net/url"
	"strings"
)

// scope is where a route stands: below the organisation, a project, a team.
type scope int

const (
	organisation scope = 1 << iota
	inProject
	inTeam
)

// route is one operation: a path below _apis, in lower case, with {variables};
// a last {*variable} takes the rest.
type route struct {
	method  string
	scopes  scope
	path    string
	preview bool // never released: the version must say -preview
	answer  func(*call) (any, error)
}

// match binds the variables of a path, or says that the route is another.
func (rt *route) match(method string, s scope, segments []string) (map[string]string, bool) {
	if rt.method != method || rt.scopes&s == 0 {
		return nil, false
	}
	vars := map[string]string{}
	if rt.path == "" {
		return vars, len(segments) == 0
	}
	pattern := strings.FieldsFunc(rt.path, func(r rune) bool { return r == '/' })
	for i, p := range pattern {
		if name, rest := strings.CutPrefix(p, "{*"); rest && i <= len(segments) {
			vars[strings.TrimSuffix(name, "}")] = strings.Join(segments[i:], "/")
			return vars, true
		}
		if i >= len(segments) {
			return nil, false
		}
		if name := strings.Trim(p, "{}"); name != p {
			if numbered(name) && whole(segments[i]) < 1 {
				return nil, false // no route of the service takes the number 0
			}
			vars[name] = segments[i]
		} else if p != key(segments[i]) {
			return nil, false
		}
	}
	return vars, len(pattern) == len(segments)
}

// numbered says that a variable is a number.
func numbered(variable string) bool {
	return variable == "id" || variable == "comment" || variable == "n"
}

// serve answers one request of a client.
func (w *World) serve(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.growth.tidy()
	rw.Header().Set("X-VSS-E2EID", guid("request", r.Method+r.RequestURI))
	if !w.authorised(r) {
		w.signIn(rw, r)
		return
	}
	c := newCall(w, rw, r)
	body, err := w.dispatch(c)
	if err != nil {
		c.fail(err)
		return
	}
	c.send(body)
}

// dispatch finds the route and what it is scoped to.
func (w *World) dispatch(c *call) (any, error) {
	before, after, ok := splitPath(c.r.URL)
	before, inside := w.below(before)
	if !ok || !inside || len(before) > 2 {
		return nil, noController(c.r.URL.Path)
	}
	s := scope(1 << len(before))
	for i := range w.routes {
		rt := &w.routes[i]
		vars, ok := rt.match(c.r.Method, s, after)
		if !ok {
			continue
		}
		c.vars = vars
		if err := c.scopeTo(before); err != nil {
			return nil, err
		}
		if err := c.checkVersion(rt); err != nil {
			return nil, err
		}
		if err := c.feedsOpen(rt); err != nil {
			return nil, err
		}
		return rt.answer(c)
	}
	return nil, noController(c.r.URL.Path)
}

// splitPath cuts a path at _apis, unescaping each segment by itself: a name may
// hold a slash or a backslash.
func splitPath(u *url.URL) (before, after []string, ok bool) {
	for _, escaped := range strings.Split(strings.Trim(u.EscapedPath(), "/"), "/") {
		segment, err := url.PathUnescape(escaped)
		switch {
		case err != nil:
			return nil, nil, false
		case !ok && strings.EqualFold(segment, "_apis"):
			ok = true
		case ok:
			after = append(after, segment)
		default:
			before = append(before, segment)
		}
	}
	return before, after, ok
}
