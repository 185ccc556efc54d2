package jirasim

import (
	"slices"
	"testing"
	"time"
)

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestPeopleMoveUpdatedAndTheChangelog(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP", "status": "To Do"})
	v.add(object{"project": "SHOP", "summary": "epic", "issuetype": "Epic"})
	ada := v.world.Human("557058:ada")
	for name, edit := range map[string]func() error{
		"field":   func() error { return ada.SetField("SHOP-1", "Status", "In Progress") },
		"parent":  func() error { return ada.SetField("SHOP-1", "parent", "SHOP-2") },
		"label":   func() error { return ada.AddLabel("SHOP-1", "mobile") },
		"unlabel": func() error { return ada.RemoveLabel("SHOP-1", "mobile") },
		"link":    func() error { return ada.Link("SHOP-1", "Blocks", "SHOP-2") },
		"remote":  func() error { return ada.RemoteLink("SHOP-1", "https://dev.example/7", "Item 7") },
		"comment": func() error { _, err := ada.AddComment("SHOP-1", "x"); return err },
	} {
		v.clock.pass(time.Minute)
		must(t, edit())
		want := v.clock.now.Format("2006-01-02T15:04:05.000-0700")
		if got := v.world.Issue("SHOP-1")["fields"].(object)["updated"]; got != want {
			t.Errorf("%s: updated %v, want %v", name, got, want)
		}
	}
	fields := v.world.Issue("SHOP-1")["fields"].(object)
	if fields["parent"].(object)["fields"].(object)["summary"] != "epic" {
		t.Errorf("parent %v", fields["parent"])
	}
	link := v.world.Issue("SHOP-2")["fields"].(object)["issuelinks"].([]any)[0].(object)
	if link["type"].(object)["inward"] != "is blocked by" || link["inwardIssue"].(object)["key"] != "SHOP-1" {
		t.Errorf("link %v", link)
	}
	log := v.do(200, "GET", "/rest/api/2/issue/SHOP-1/changelog", nil).body["values"].([]any)
	if author := log[0].(object)["author"].(object)["accountId"]; author != "557058:ada" {
		t.Errorf("author %v", author)
	}
	if len(v.world.Truth().Writes()) != 0 {
		t.Error("people's edits are in the truth of requests")
	}
	if err := ada.SetField("SHOP-1", "no such field", 1); err == nil {
		t.Error("an unknown field is no error")
	}
}

func TestDoneResolves(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	must(t, v.world.Human("").SetField("SHOP-1", "status", "Done"))
	fields := v.world.Issue("SHOP-1")["fields"].(object)
	if fields["resolution"] == nil || fields["resolutiondate"] == nil {
		t.Errorf("resolution %v, %v", fields["resolution"], fields["resolutiondate"])
	}
}

func TestMovedDeletedHidden(t *testing.T) {
	v := visit(t)
	for range 3 {
		v.add(object{"project": "SHOP"})
	}
	h := v.world.Human("")
	key, err := h.Move("SHOP-1", "PAY")
	must(t, err, h.Delete("SHOP-2"), h.Hide("SHOP-3"))
	moved := v.do(200, "GET", "/rest/api/2/issue/SHOP-1?fields=project", nil)
	if key != "PAY-1" || moved.body["key"] != "PAY-1" || moved.body["id"] != "10001" || moved.body["fields"].(object)["project"].(object)["key"] != "PAY" {
		t.Errorf("moved to %s: %s", key, moved.raw)
	}
	v.do(200, "GET", "/rest/api/2/issue/PAY-1", nil)
	if got := v.do(404, "GET", "/rest/api/2/issue/SHOP-2", nil).sentence(); got != "Issue does not exist or you do not have permission to see it." {
		t.Error(got)
	}
	v.do(404, "GET", "/rest/api/2/issue/10003", nil)
	a := v.do(200, "POST", "/rest/api/2/issue/bulkfetch", object{"issueIdsOrKeys": []string{"SHOP-1", "SHOP-2", "10003", "NO-1"}, "fields": []string{"summary"}})
	if got := a.body["issues"].([]any); len(got) != 1 || len(a.body["issueErrors"].([]any)) != 0 {
		t.Errorf("bulk fetch %s", a.raw)
	}
	if keys, _ := v.keys("project in (SHOP, PAY)", 50); !slices.Equal(keys, []string{"PAY-1"}) {
		t.Errorf("search %v", keys)
	}
	must(t, h.Unhide("10003"))
	v.do(200, "GET", "/rest/api/2/issue/SHOP-3", nil)
}
