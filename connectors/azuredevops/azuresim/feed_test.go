package azuresim

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// follow reads a feed from a token to its last batch.
func (s *site) follow(feed, query, token string) (rows []object, last string) {
	s.t.Helper()
	for range 50 {
		batch := s.get("/_apis/wit/reporting/" + feed + "?" + query + "&continuationToken=" + url.QueryEscape(token))
		for _, row := range batch["values"].([]any) {
			rows = append(rows, row.(object))
		}
		token = batch["continuationToken"].(string)
		if batch["isLastBatch"] == true {
			return rows, token
		}
	}
	s.t.Fatal("the feed does not end")
	return nil, ""
}

func TestFeedsYieldOnlyWhatIsNew(t *testing.T) {
	s := serve(t)
	rows, revisions := s.follow("workitemrevisions", "$maxPageSize=1&includeLatestOnly=true", "")
	_, links := s.follow("workitemlinks", "$maxPageSize=2", "")
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	must(t, s.SetField(1, "System.Title", "Once"))
	must(t, s.SetField(1, "System.Title", "Twice"))
	rows, next := s.follow("workitemrevisions", "includeLatestOnly=true", revisions)
	if len(rows) != 1 || rows[0]["rev"] != 3.0 || rows[0]["fields"].(object)["System.Title"] != "Twice" {
		t.Errorf("after edits: %v", rows)
	}
	if rows, _ := s.follow("workitemlinks", "", links); len(rows) != 0 {
		t.Errorf("an edit shows among the links: %v", rows)
	}
	must(t, s.Unlink(3, "System.LinkTypes.Hierarchy-Reverse", 2))
	must(t, s.Link(3, "System.LinkTypes.Hierarchy-Reverse", 1))
	if rows, _ := s.follow("workitemrevisions", "", next); len(rows) != 0 {
		t.Errorf("a link shows among the revisions: %v", rows)
	}
	rows, _ = s.follow("workitemlinks", "", links)
	if len(rows) != 2 || rows[0]["isActive"] != false || rows[0]["sourceId"] != 2.0 || rows[0]["changedOperation"] != "remove" ||
		rows[1]["isActive"] != true || rows[1]["sourceId"] != 1.0 || rows[1]["targetId"] != 3.0 || rows[1]["rel"] != "System.LinkTypes.Hierarchy" {
		t.Errorf("after a new parent: %v", rows)
	}
	if rows, _ := s.follow("workitemrevisions", "", revisions); len(rows) != 2 {
		t.Errorf("the old token yields %v", rows)
	}
}

func TestFeedRows(t *testing.T) {
	s := serve(t)
	must(t, s.SetField(3, "System.Description", "<p>long</p>"))
	must(t, s.AddTag(3, "x"))
	rows, _ := s.follow("workitemrevisions", "includeLatestOnly=true", "")
	fields := rows[3]["fields"].(object)
	if rows[3]["id"] != 3.0 || fields["System.Description"] != nil || fields["System.Parent"] != nil || fields["System.Tags"] != "x" ||
		fields["System.ChangedBy"] != "Hanna Human <hanna@Fabrikam.example>" || fields["System.RevisedDate"] != "9999-01-01T00:00:00Z" {
		t.Errorf("the row is %v", fields)
	}
	rows, _ = s.follow("workitemrevisions", "includeLatestOnly=true&includeIdentityRef=true&$expand=fields", "")
	fields = rows[3]["fields"].(object)
	if fields["System.Description"] != "<p>long</p>" || fields["System.ChangedBy"].(object)["displayName"] != "Hanna Human" {
		t.Errorf("the full row is %v", fields)
	}
	rows, _ = s.follow("workitemrevisions", "fields=System.Title,System.Watermark", "")
	if got := rows[0]["fields"].(object); len(got) != 2 {
		t.Errorf("chosen fields: %v", got)
	}
}

func TestFeedsByTimeAndProject(t *testing.T) {
	s := serve(t)
	must(t, s.AddProject(Project{Name: "Other", Process: "Basic"}))
	s.at = s.at.Add(time.Hour)
	must(t, s.MoveProject(4, "Other"))
	batch := s.get("/_apis/wit/reporting/workitemrevisions?startDateTime=2026-11-24T09:30:00Z")
	if got := ids(batch["values"]); !slices.Equal(got, []int{4}) {
		t.Errorf("since: %v", got)
	}
	batch = s.get("/Shop/_apis/wit/reporting/workitemrevisions?includeLatestOnly=true")
	if got := ids(batch["values"]); !slices.Equal(got, []int{1, 2, 3}) {
		t.Errorf("the project's feed has %v: it loses what moves", got)
	}
	s.do("GET", "/_apis/wit/reporting/workitemrevisions?continuationToken=1;1;1&startDateTime=2026-11-24T09:30:00Z", nil).
		says(t, 400, "VssPropertyValidationException")
	s.do("GET", "/_apis/wit/reporting/workitemlinks?continuationToken=nonsense", nil).says(t, 400, "InvalidContinuationTokenException")
	if links := s.get("/_apis/wit/reporting/workitemlinks?linkTypes=System.LinkTypes.Related")["values"].([]any); len(links) != 0 {
		t.Errorf("other link types: %v", links)
	}
}

func TestUpdatesAndRevisions(t *testing.T) {
	s := serve(t)
	must(t, s.SetField(3, "System.State", "Active"))
	must(t, s.Link(3, "System.LinkTypes.Related", 4))
	must(t, s.Hyperlink(3, "https://example.com", "see"))
	updates := s.get("/_apis/wit/workItems/3/updates")["value"].([]any)
	if len(updates) != 5 { // created, its parent, the state, the link, the hyperlink
		t.Fatalf("%d updates: %v", len(updates), updates)
	}
	state := updates[2].(object)["fields"].(object)["System.State"].(object)
	if state["oldValue"] != "New" || state["newValue"] != "Active" {
		t.Errorf("the state's update is %v", state)
	}
	if u := updates[3].(object); u["rev"] != 3.0 || u["fields"] != nil || u["relations"] == nil {
		t.Errorf("the link's update is %v", u)
	}
	revisions := s.get("/_apis/wit/workItems/3/revisions?$top=1&$skip=1")["value"].([]any)
	if len(revisions) != 1 || revisions[0].(object)["rev"] != 2.0 || !strings.HasSuffix(revisions[0].(object)["url"].(string), "/revisions/2") {
		t.Errorf("revisions are %v", revisions)
	}
	if got := s.get("/_apis/wit/workItems/3/revisions/1")["fields"].(object)["System.State"]; got != "New" {
		t.Errorf("the first revision's state is %v", got)
	}
}
