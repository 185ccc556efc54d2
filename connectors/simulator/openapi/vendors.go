package openapi

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// JiraCloud watches a Jira Cloud site. Atlassian has no document for v2: there
// a request is held against that of v3, whose texts are documents where v2 has
// wiki markup.
func JiraCloud(t testing.TB) func(http.Handler) http.Handler {
	t.Helper()
	const reason = "v2 has wiki markup where v3 has a document"
	platform := read(t, "jira-cloud-platform.openapi.json",
		Exception{Breach: "/body: ", Reason: reason},
		Exception{Breach: "/description: ", Reason: reason})
	agile := read(t, "jira-cloud-agile.openapi.json")
	return Watch(t, jiraAddress, platform, agile)
}

var olderVersion = regexp.MustCompile(`^/rest/api/(2|latest)/`)

func jiraAddress(r *http.Request) string {
	return olderVersion.ReplaceAllString(r.URL.RequestURI(), "/rest/api/3/")
}

// AzureServices watches an organisation of Azure DevOps Services.
func AzureServices(t testing.TB) func(http.Handler) http.Handler {
	t.Helper()
	return azure(t, "ado-7.1.openapi.json", "")
}

// AzureServer watches a collection of an Azure DevOps Server 2022 at a path such
// as "/tfs/DefaultCollection".
func AzureServer(t testing.TB, path string) func(http.Handler) http.Handler {
	t.Helper()
	return azure(t, "ado-7.0.openapi.json", path)
}

func azure(t testing.TB, name, path string) func(http.Handler) http.Handler {
	t.Helper()
	return Watch(t, func(r *http.Request) string { return azureAddress(r, path) }, read(t, name))
}

var acceptedVersion = regexp.MustCompile(`api-version=([^;,\s]+)`)

// azureAddress puts an organisation in place of a collection's path, and the
// version of the Accept header, where Microsoft's clients have it, into the
// query, where the document wants it.
func azureAddress(r *http.Request, path string) string {
	address := r.URL.RequestURI()
	if below, is := strings.CutPrefix(address, path+"/"); is && path != "" {
		address = "/collection/" + below
	}
	version := acceptedVersion.FindStringSubmatch(r.Header.Get("Accept"))
	if version == nil || strings.Contains(address, "api-version=") {
		return address
	}
	if strings.Contains(address, "?") {
		return address + "&api-version=" + version[1]
	}
	return address + "?api-version=" + version[1]
}

// once keeps what has been read: a document takes a tenth of a second to read
// and never changes, and each of a thousand tests asks for one. It is the only
// state that this package shares, and no test can see it.
var once sync.Map

func read(t testing.TB, name string, except ...Exception) *Document {
	t.Helper()
	file := evidence.File(t, "contracts", name)
	if known, is := once.Load(file); is {
		return known.(*Document)
	}
	d, err := Read(file, except...)
	if err != nil {
		t.Fatal(err)
	}
	once.Store(file, d)
	return d
}
