package azuresim

import (
	"net/http"
	"strings"
	"testing"
)

// server starts a collection of a Server 2022.
func server(t *testing.T, change ...func(*Settings)) *site {
	t.Helper()
	s := serve(t, append([]func(*Settings){func(s *Settings) { s.Edition, s.Path = Server2022, "/tfs/DefaultCollection" }}, change...)...)
	s.version = "7.0-preview.3"
	return s
}

func TestServerHasAPathAndOneHost(t *testing.T) {
	s := server(t)
	if !strings.HasSuffix(s.url, "/tfs/DefaultCollection") {
		t.Fatalf("collection at %s", s.url)
	}
	must(t, s.AddTag(3, "debt"))
	item := s.do("GET", "/_apis/wit/workitems/3?$expand=all", nil)
	feed := s.do("GET", "/_apis/wit/reporting/workitemlinks", nil)
	teams := s.do("GET", "/_apis/projects/Shop/teams", nil)
	for _, a := range []reply{item, feed, teams} {
		for _, elsewhere := range []string{"visualstudio.com", "dev.azure.com"} {
			if a.status != 200 || strings.Contains(string(a.raw), elsewhere) {
				t.Errorf("%d, an address at %s: %s", a.status, elsewhere, a.raw)
			}
		}
	}
	who := s.get("/_apis/connectiondata")
	if who["deploymentType"] != "onPremises" {
		t.Errorf("deployment %v", who["deploymentType"])
	}
	s.url = strings.TrimSuffix(s.url, "/tfs/DefaultCollection") + "/Fabrikam"
	if a := s.do("GET", "/_apis/projects", nil); a.status != http.StatusNotFound {
		t.Errorf("below the service's path: %d", a.status)
	}
}

func TestServerSpeaksNoNewerVersion(t *testing.T) {
	s := server(t)
	for _, c := range []struct{ version, path string }{{"7.1-preview.3", "/_apis/wit/workitems/3"}, {"7.0-preview.4", "/Shop/_apis/wit/workitems/3/comments"}} {
		s.version = c.version
		s.do("GET", c.path, nil).says(t, http.StatusBadRequest, "VssVersionOutOfRangeException")
	}
	s.version = "7.0-preview.3"
	for _, l := range s.ok(http.MethodOptions, "/_apis", nil)["value"].([]any) {
		location := l.(object)
		if location["maxVersion"] != "7.0" || location["releasedVersion"] == "7.1" {
			t.Errorf("location %v", location)
		}
	}
	lenient := server(t, func(s *Settings) { s.Negotiates = true })
	lenient.version = "7.1"
	a := lenient.do("GET", "/_apis/wit/workitems/3", nil)
	if a.status != 200 || !strings.HasSuffix(a.header.Get("Content-Type"), "api-version=7.0") {
		t.Errorf("asked for 7.1: %d %s", a.status, a.header.Get("Content-Type"))
	}
}

func TestServerHasNoMarkdown(t *testing.T) {
	s := server(t)
	posted := s.do("POST", "/Shop/_apis/wit/workitems/3/comments?format=markdown", object{"text": "**x**"})
	listed := s.do("GET", "/Shop/_apis/wit/workitems/3/comments?$expand=renderedText", nil)
	first := listed.body["comments"].([]any)[0].(object)
	if posted.status != 200 || posted.body["format"] != nil || first["format"] != nil || first["renderedText"] != nil {
		t.Errorf("comment %s, %s", posted.raw, listed.raw)
	}
	if item := s.get("/_apis/wit/workitems/3"); item["multilineFieldsFormat"] != nil || item["_links"] == nil {
		t.Errorf("work item %v", item)
	}
}

func TestServerRefusesPlainly(t *testing.T) {
	s := server(t)
	s.pat = "old"
	a := s.do("GET", "/_apis/projects", nil)
	if a.status != http.StatusUnauthorized || a.header.Get("WWW-Authenticate") == "" {
		t.Errorf("a bad token: %d %v", a.status, a.header)
	}
}

func TestFeedsCanBeClosed(t *testing.T) {
	s := server(t, func(s *Settings) { s.Feeds = FeedsMissing })
	for _, feed := range []string{"/_apis/wit/reporting/workitemlinks", "/Shop/_apis/wit/reporting/workitemrevisions"} {
		s.SetFeeds(FeedsMissing)
		if a := s.do("GET", feed, nil); a.status != http.StatusNotFound {
			t.Errorf("missing: %d", a.status)
		}
		s.SetFeeds(FeedsRefused)
		s.do("GET", feed, nil).says(t, http.StatusForbidden, "AccessCheckException")
		s.SetFeeds(FeedsOpen)
		s.get(feed)
	}
}
