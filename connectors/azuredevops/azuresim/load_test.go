package azuresim

import (
	"compress/gzip"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

func TestLoadsTheArchives(t *testing.T) {
	s := serve(t)
	for name, want := range map[string]int{"azure-eShopOnWeb": 205, "azure-PartsUnlimited": 158} {
		file, err := os.Open(evidence.File(t, "data/"+name+".jsonl.gz"))
		must(t, err)
		text, err := gzip.NewReader(file)
		must(t, err)
		if n, err := s.Load(text); err != nil || n != want {
			t.Errorf("%s: %d work items, %v", name, n, err)
		}
		must(t, file.Close())
	}
	for project, want := range map[string]int{"eShopOnWeb": 205, "PartsUnlimited_YAML": 158} {
		if got := s.wiql("SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = '" + project + "'"); len(got) != want {
			t.Errorf("%s: queries find %d", project, len(got))
		}
	}
	bug := s.get("/_apis/wit/workitems/4886?$expand=all")
	fields := bug["fields"].(object)
	if bug["rev"] != 6.0 || fields["System.TeamProject"] != "eShopOnWeb" || fields["System.AreaPath"] != `eShopOnWeb\App Development Team` ||
		fields["System.Parent"] != 4602.0 || fields["System.CreatedBy"].(object)["uniqueName"] != "pbc203d8c@example.test" {
		t.Errorf("the bug is %v", fields)
	}
	if _, empty := fields["System.AssignedTo"]; empty {
		t.Error("an empty field is shown")
	}
	if got := bug["relations"].([]any)[0].(object)["url"].(string); !strings.HasPrefix(got, s.url) {
		t.Errorf("the parent is at %s", got)
	}
	attached := s.get("/_apis/wit/workitems/3016?$expand=relations")["relations"].([]any)[0].(object)
	if attached["rel"] != "AttachedFile" || !strings.HasPrefix(attached["url"].(string), s.url) {
		t.Errorf("the attachment is %v", attached)
	}
	for id, it := range s.items {
		f := it.current().fields
		if text(f["System.CreatedDate"]) == "" || text(f["System.ChangedDate"]) == "" || f["System.ChangedBy"] == nil {
			t.Errorf("work item %d lacks a date or a person: %v", id, f)
		}
	}
	rows, _ := s.follow("workitemrevisions", "includeLatestOnly=true", "")
	if len(rows) != 4+205+158 {
		t.Errorf("the feed has %d rows", len(rows))
	}
}

func TestLoadNamesTheBrokenLine(t *testing.T) {
	w := New(Settings{})
	_, err := w.Load(strings.NewReader(`{"id":1,"fields":{"System.TeamProject":"P"}}` + "\n{\n"))
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
}

func TestGenerateIsTheSeeds(t *testing.T) {
	of := func(seed uint64) *site {
		s := serve(t)
		must(t, s.Generate(500, seed))
		return s
	}
	a, b, c := of(7), of(7), of(8)
	if diff := cmp.Diff(a.WorkItem(400), b.WorkItem(400)); diff != "" {
		t.Error(diff)
	}
	for _, person := range a.people {
		name, mail := text(person["displayName"]), text(person["uniqueName"])
		if n, generated := strings.CutPrefix(name, "Person "); generated && mail != "person"+n+"@generated.example" {
			t.Errorf("%s has the address %s", name, mail)
		}
	}
	if cmp.Equal(a.WorkItem(400), c.WorkItem(400)) {
		t.Error("another seed makes the same item")
	}
}
