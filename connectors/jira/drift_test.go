package jira

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// R17: a field that was known and is deleted, renamed or of another type is
// named, and no type has it any more; also on the next look, and until it is back.
func TestR17FieldDrift(t *testing.T) {
	was := jirasim.Field{ID: "customfield_12000", Name: "Acceptance criteria", Type: "string", Custom: jirasim.TextAreaField}
	renamed, retyped := was, was
	renamed.Name, retyped.Type, retyped.Custom = "Definition of happy", "number", jirasim.NumberField
	for name, c := range map[string]struct {
		becomes *jirasim.Field
		fields  map[string][]string
		says    string
	}{
		"deleted":              {nil, nil, "no longer in Jira"},
		"renamed":              {&renamed, nil, `now called "Definition of happy"`},
		"of another type":      {&retyped, nil, "now of type number"},
		"deleted, configured":  {nil, map[string][]string{"acceptance_criteria": {"Acceptance criteria"}}, "no longer in Jira"},
		"renamed, own word":    {&renamed, map[string][]string{"happiness": {"Acceptance criteria"}, "acceptance_criteria": nil}, "which held happiness"},
		"renamed, known by id": {&renamed, map[string][]string{"acceptance_criteria": {was.ID}}, ""},
		"the same as before":   {&was, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, jirasim.Settings{}, func(w *jirasim.World) { w.AddField(was) })
			tracker := connect(t, url, Settings{Fields: c.fields})
			look := func() backlog.Site {
				site, err := tracker.Describe(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				return site
			}
			before := look()
			if len(before.Problems) > 0 {
				t.Fatalf("before: %v", before.Problems)
			}
			has := typeNamed(t, before, "Story").Layout.Has(backlog.FieldAcceptanceCriteria)
			w.DropField(was.ID)
			if c.becomes != nil {
				w.AddField(*c.becomes)
			}
			for range 2 {
				after := look()
				told := slices.ContainsFunc(after.Problems, func(p string) bool { return c.says != "" && strings.Contains(p, c.says) && strings.Contains(p, was.ID) })
				if told != (c.says != "") || c.says == "" && len(after.Problems) > 0 {
					t.Errorf("problems %q", after.Problems)
				}
				if got := typeNamed(t, after, "Story").Layout.Has(backlog.FieldAcceptanceCriteria); got != (has && c.says == "") {
					t.Errorf("the story has the field: %t", got)
				}
			}
			w.DropField(was.ID)
			w.AddField(was)
			if again := look(); len(again.Problems) > 0 || typeNamed(t, again, "Story").Layout.Has(backlog.FieldAcceptanceCriteria) != has {
				t.Errorf("back again: %q", again.Problems)
			}
		})
	}
}

// Service desks hold customers' requests: they are read only by name.
func TestServiceDesksOnlyByName(t *testing.T) {
	const list = `{"isLast":true,"total":2,"values":[{"id":"10000","key":"SHOP","name":"Shop","projectTypeKey":"software"},{"id":"10001","key":"PAY","name":"Help","projectTypeKey":"service_desk"}]}`
	for want, scope := range map[string][]string{"SHOP": {}, "PAY": {"PAY"}} {
		w, url := start(t, jirasim.Settings{})
		w.Faults().Add(answer("/project/search", http.StatusOK, list))
		site, err := connect(t, url, Settings{Projects: scope}).Describe(t.Context())
		if err != nil || len(site.Projects) != 1 || site.Projects[0].Key != want || len(site.Missing) > 0 {
			t.Errorf("scope %v: %+v, missing %v, %v", scope, site.Projects, site.Missing, err)
		}
	}
}
