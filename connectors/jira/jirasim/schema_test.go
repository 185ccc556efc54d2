package jirasim

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
	"github.com/trackwarden/trackwarden/connectors/simulator/openapi"
)

func contract(t *testing.T, name string) *openapi.Document {
	t.Helper()
	d, err := openapi.Read(evidence.File(t, name))
	must(t, err)
	return d
}

// follows holds a request and its answer against the document.
func follows(t *testing.T, d *openapi.Document, method, path string, sent any, a answer) {
	t.Helper()
	e := openapi.Exchange{Request: httptest.NewRequest(method, path, nil), Status: a.status, Header: a.header, Answer: a.raw}
	if sent != nil {
		e.Request.Header.Set("Content-Type", "application/json")
		e.Sent = encoded(t, sent)
	}
	for _, wrong := range d.Breaches(e) {
		t.Errorf("%s %s (%d): %s", method, path, a.status, wrong)
	}
}

func encoded(t *testing.T, value any) []byte {
	t.Helper()
	raw, err := json.Marshal(value)
	must(t, err)
	return raw
}

// The check itself must be able to fail.
func TestTheContractCheckFails(t *testing.T) {
	d := contract(t, "contracts/jira-cloud-platform.openapi.json")
	for _, bad := range []object{
		{"total": "2"}, {"comments": object{}}, {"comments": []any{object{"created": "yesterday"}}},
		{"comments": []any{object{"author": object{"wings": 2.0}}}}, {"startAt": nil},
	} {
		if d.Schema("PageOfComments", bad) == nil {
			t.Errorf("%v passes", bad)
		}
	}
	if wrong := d.Schema("BulkPermissionGrants", object{}); len(wrong) != 2 {
		t.Errorf("an empty grant: %v", wrong)
	}
	if d.Covers(http.MethodGet, "/rest/api/2/myself") {
		t.Error("the document speaks of v2")
	}
}
