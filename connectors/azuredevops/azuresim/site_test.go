package azuresim

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"
)

type object = map[string]any

// site is a served world and a plain HTTP client of it.
type site struct {
	*World
	t    *testing.T
	url  string
	at   time.Time
	user string // of Basic credentials
	pat  string

	version string // of the API
}

// serve starts a Scrum-less little organisation: an Agile project "Shop" with an
// epic 1, a feature 2 below it and the stories 3 and 4 below the feature.
func serve(t *testing.T, change ...func(*Settings)) *site {
	t.Helper()
	s := &site{t: t, pat: "secret", version: "7.1-preview.3", at: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	settings := Settings{Clock: func() time.Time { return s.at }, Organisation: "Fabrikam", Token: "secret"}
	for _, c := range change {
		c(&settings)
	}
	s.World = New(settings)
	must(t, s.AddProject(Project{Name: "Shop", Process: "Agile", Areas: []string{`Checkout\Payments`},
		Iterations: []Iteration{{Path: `PI 1\Sprint 1`, Start: s.at.AddDate(0, 0, -7), Finish: s.at.AddDate(0, 0, 7)}},
		Fields:     []Field{{Ref: "Custom.RiskReduction", Name: "Risk Reduction", Type: "integer", Types: []string{"Feature"}}},
		Backlogs:   map[string]string{features: "Capabilities"}}))
	for i, typeName := range []string{"Epic", "Feature", "User Story", "User Story"} {
		native := object{"fields": object{"System.TeamProject": "Shop", "System.WorkItemType": typeName, "System.Title": typeName + "'s title"}}
		if i > 0 {
			native["relations"] = []object{{"rel": "System.LinkTypes.Hierarchy-Reverse", "url": s.itemURL(min(i, 2), s.canonical())}}
		}
		if id := s.AddWorkItem(native); id != i+1 {
			t.Fatalf("work item %d got the id %d", i+1, id)
		}
	}
	url, stop, err := s.Start("127.0.0.1:0")
	must(t, err)
	t.Cleanup(stop)
	s.url = url
	return s
}

type reply struct {
	status int
	header http.Header
	raw    []byte
	body   object
}

// do sends a request to a path below the organisation.
func (s *site) do(method, path string, sent any, header ...string) reply {
	s.t.Helper()
	var body io.Reader
	if sent != nil {
		raw, err := json.Marshal(sent)
		must(s.t, err)
		body = bytes.NewReader(raw)
	}
	r, err := http.NewRequest(method, s.url+path, body)
	must(s.t, err)
	r.SetBasicAuth(s.user, s.pat)
	r.Header.Set("Accept", "application/json;api-version="+s.version)
	r.Header.Set("Content-Type", "application/json")
	if method == http.MethodPatch {
		r.Header.Set("Content-Type", "application/json-patch+json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	must(s.t, err)
	defer resp.Body.Close()
	a := reply{status: resp.StatusCode, header: resp.Header}
	a.raw, err = io.ReadAll(resp.Body)
	must(s.t, err)
	_ = json.Unmarshal(a.raw, &a.body) // an answer may be HTML, plain text or a list
	return a
}

// ok is do for what must succeed.
func (s *site) ok(method, path string, sent any, header ...string) object {
	s.t.Helper()
	a := s.do(method, path, sent, header...)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s", method, path, a.status, a.raw)
	}
	return a.body
}

func (s *site) get(path string) object { s.t.Helper(); return s.ok(http.MethodGet, path, nil) }

// patch edits an item by the API.
func (s *site) patch(id string, ops ...object) reply {
	s.t.Helper()
	return s.do(http.MethodPatch, "/_apis/wit/workitems/"+id, ops)
}

func op(verb, path string, value any) object { return object{"op": verb, "path": path, "value": value} }

// wiql runs a query and returns the ids.
func (s *site) wiql(query string) []int {
	s.t.Helper()
	return ids(s.ok(http.MethodPost, "/Shop/_apis/wit/wiql?timePrecision=true", object{"query": query})["workItems"])
}

func ids(list any) []int {
	all := []int{}
	for _, row := range list.([]any) {
		all = append(all, whole(row.(object)["id"]))
	}
	return all
}

func (o reply) says(t *testing.T, status int, key string) {
	t.Helper()
	if o.status != status || o.body["typeKey"] != key {
		t.Errorf("got %d %s, want %d %s", o.status, o.raw, status, key)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
