package azuresim

import (
	"encoding/json"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
	"github.com/trackwarden/trackwarden/connectors/simulator/openapi"
)

func contract(t *testing.T, name string) openapi.Document {
	t.Helper()
	d, err := openapi.Read(evidence.File(t, name))
	must(t, err)
	return d
}

// follows holds an answer against the document.
func follows(t *testing.T, d openapi.Document, method, template string, a reply) {
	t.Helper()
	for _, wrong := range d.Breaches(openapi.Exchange{
		Method: method, Template: template, Status: a.status, Media: a.header.Get("Content-Type"), Answer: a.raw,
	}) {
		t.Errorf("%s %s: %s", method, template, wrong)
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
		raw, err := json.Marshal(bad)
		must(t, err)
		if d.Schema(name, raw) == nil {
			t.Errorf("%s %v passes", name, bad)
		}
	}
}
