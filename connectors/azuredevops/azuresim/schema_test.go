package azuresim

import (
	"net/http"
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
func follows(t *testing.T, d *openapi.Document, r *http.Request, sent []byte, a reply) {
	t.Helper()
	for _, wrong := range d.Breaches(openapi.Exchange{Request: r, Sent: sent, Status: a.status, Header: a.header, Answer: a.raw}) {
		t.Errorf("%s %s (%d): %s", r.Method, r.URL, a.status, wrong)
	}
}

// The check itself must be able to fail.
func TestTheContractCheckFails(t *testing.T) {
	d := contract(t, "contracts/ado-7.1.openapi.json")
	for name, bad := range map[string]object{
		"WorkItem":                    {"id": "1"},
		"Comment":                     {"createdDate": "yesterday"},
		"ReportingWorkItemLinksBatch": {"values": []any{object{"rel": "x"}}, "isLastBatch": true},
		"BacklogConfiguration":        {"bugsBehavior": "ignored"},
		"WorkItemLinkChange":          {},
		"CommentList":                 {"comments": []any{object{"createdBy": object{"id": 1.0}}}},
	} {
		if d.Schema(name, bad) == nil {
			t.Errorf("%s %v passes", name, bad)
		}
	}
}
