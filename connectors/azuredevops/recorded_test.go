package azuredevops

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// Every work item in answers that Azure DevOps really gave (recorded by the
// Azure DevOps CLI's own tests) is read, whatever answer it stands in. What is
// read is compared with a full decoding of the same bytes.
func TestConvertEveryRecording(t *testing.T) {
	source, err := os.ReadFile(evidence.File(t, "recorded/ado-azure-devops-cli-recordings.json"))
	must(t, err)
	var exchanges []struct {
		Body json.RawMessage `json:"responseBody"`
	}
	must(t, json.Unmarshal(source, &exchanges))
	read, people, parents := 0, 0, 0
	for _, x := range exchanges {
		for _, item := range recordedItems(x.Body) {
			w, err := parseItem(item)
			must(t, err)
			var whole struct {
				ID     int
				Rev    int
				Fields map[string]any
			}
			must(t, json.Unmarshal(item, &whole))
			p := agile(w.text("System.TeamProject"))
			got, err := testReader(p).item(w, p)
			must(t, err)
			read++
			if w.ID != whole.ID || w.Rev != whole.Rev || len(w.fields) != len(whole.Fields) ||
				got.Title != scalar(whole.Fields["System.Title"]) || got.Type != scalar(whole.Fields["System.WorkItemType"]) ||
				got.State.Native != scalar(whole.Fields["System.State"]) || got.Area != scalar(whole.Fields["System.AreaPath"]) {
				t.Errorf("%d: %+v", whole.ID, got)
			}
			if _, dated := whole.Fields["System.ChangedDate"]; dated && (got.Changed.IsZero() || got.Created.IsZero()) {
				t.Errorf("%d has no dates", whole.ID)
			}
			for ref := range whole.Fields {
				if scalar(whole.Fields[ref]) != w.text(ref) {
					t.Errorf("%d: %s reads %q, want %q", whole.ID, ref, w.text(ref), scalar(whole.Fields[ref]))
				}
			}
			if got.Author != nil && got.Author.ID != "" {
				people++
			}
			if got.Parent != nil {
				parents++
			}
		}
	}
	if read != 22 || people == 0 {
		t.Errorf("%d work items were read, want the 22 that there are; %d authors, %d parents", read, people, parents)
	}
}

// recordedItems finds what looks like a work item, wherever it stands.
func recordedItems(source json.RawMessage) (all []json.RawMessage) {
	var list []json.RawMessage
	var object map[string]json.RawMessage
	if json.Unmarshal(source, &list) == nil {
		for _, part := range list {
			all = append(all, recordedItems(part)...)
		}
		return all
	}
	if json.Unmarshal(source, &object) != nil {
		return nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(object["fields"], &fields) == nil && fields["System.WorkItemType"] != nil && object["id"] != nil {
		all = append(all, source)
	}
	for _, part := range object {
		all = append(all, recordedItems(part)...)
	}
	return all
}

// A field of the settings that was renamed or deleted is named, and no type has
// it any more, so that policies can tell it from an empty one; the others stay.
func TestR17FieldThatWentAway(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{Fields: map[string][]string{"points": {"Story Points"}, "theme": {"Value Area"}}})
	has := func(f backlog.Field) bool {
		for _, k := range describe(t, tracker).Types {
			if k.Name == "User Story" {
				return k.Layout.Has(f)
			}
		}
		return false
	}
	if !has(backlog.FieldPoints) || !has(backlog.FieldTheme) || len(describe(t, tracker).Problems) > 0 {
		t.Fatalf("problems before: %q", describe(t, tracker).Problems)
	}
	renamed := `{"value":[{"referenceName":"Microsoft.VSTS.Scheduling.StoryPoints","name":"Size in points","type":"double"},
		{"referenceName":"Microsoft.VSTS.Common.ValueArea","name":"Value Area","type":"string"}]}`
	w.Faults().Add(answer("(?i)/wit/fields$", http.StatusOK, renamed))
	problems := strings.Join(describe(t, tracker).Problems, "\n")
	if has(backlog.FieldPoints) || !has(backlog.FieldTheme) || !strings.Contains(problems, `"Story Points"`) || strings.Contains(problems, "Value Area") {
		t.Errorf("problems %q, points %t, theme %t", problems, has(backlog.FieldPoints), has(backlog.FieldTheme))
	}
}
