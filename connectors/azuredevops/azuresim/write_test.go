package azuresim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOnePatchDoesAll(t *testing.T) {
	s := serve(t)
	must(t, s.AddTag(3, "Web"))
	s.Truth().Reset()
	a := s.patch("3", op("test", "/rev", 2), op("replace", "/fields/System.Tags", "web; hygiene; Hygiene:orphan"),
		op("add", "/fields/System.History", "<p onclick=x>Two gaps</p><!-- marker -->"))
	if a.status != http.StatusOK || a.body["rev"] != 3.0 {
		t.Fatalf("%d %s", a.status, a.raw)
	}
	fields, ref := a.body["fields"].(object), a.body["commentVersionRef"].(object)
	if fields["System.Tags"] != "hygiene; Hygiene:orphan; Web" || fields["System.History"] != "<p>Two gaps</p>" || fields["System.CommentCount"] != 1.0 {
		t.Errorf("fields are %v", fields)
	}
	if by := fields["System.ChangedBy"].(object); by["uniqueName"] != "bot@Fabrikam.example" {
		t.Errorf("changed by %v", by)
	}
	posted := s.Comments(3)
	if len(posted) != 1 || posted[0]["text"] != "<p>Two gaps</p>" || ref["commentId"] != float64(posted[0]["id"].(int)) {
		t.Errorf("comments are %v, the reference is %v", posted, ref)
	}
	writes := s.Truth().Writes()
	want := fmt.Sprintf("tags hygiene; Hygiene:orphan; Web, comment %d posted", posted[0]["id"])
	if len(writes) != 1 || writes[0].What != want || writes[0].Item != "3" {
		t.Errorf("the truth is %+v, want %q", writes, want)
	}
	must(t, s.SetField(3, "System.Title", "New"))
	if after := s.get("/_apis/wit/workitems/3")["fields"].(object); after["System.History"] != nil {
		t.Error("the history is carried into the next revision")
	}
}

func TestStalePatchChangesNothing(t *testing.T) {
	s := serve(t)
	must(t, s.SetField(3, "System.Title", "Edited meanwhile"))
	s.Truth().Reset()
	s.patch("3", op("replace", "/fields/System.Tags", "a"), op("test", "/rev", 1)).says(t, http.StatusPreconditionFailed, "TestPatchOperationFailedException")
	if tags := s.Tags(3); len(tags) != 0 || len(s.Truth().Writes()) != 0 {
		t.Errorf("tags are %v, writes %v", tags, s.Truth().Writes())
	}
}

func TestTagsAddMergesAndReplaceOverwrites(t *testing.T) {
	s := serve(t)
	s.patch("3", op("add", "/fields/System.Tags", "b; a"))
	s.patch("3", op("add", "/fields/System.Tags", "C, A"))
	if got := s.Tags(3); !slices.Equal(got, []string{"a", "b", "C"}) {
		t.Errorf("added: %v", got)
	}
	before := s.get("/_apis/wit/workitems/3")["rev"]
	s.Truth().Reset()
	a := s.patch("3", op("add", "/fields/System.Tags", "A"))
	if a.body["rev"] != before || len(s.Truth().Writes()) != 0 {
		t.Errorf("adding what is there made a revision: %s", a.raw)
	}
	s.patch("4", op("add", "/fields/System.Tags", "B"))
	if got := s.Tags(4); !slices.Equal(got, []string{"b"}) {
		t.Errorf("the project's spelling is lost: %v", got)
	}
	s.patch("3", op("replace", "/fields/System.Tags", "z"))
	if got := s.Tags(3); !slices.Equal(got, []string{"z"}) {
		t.Errorf("replaced: %v", got)
	}
	s.patch("3", op("remove", "/fields/System.Tags", nil))
	if got := s.get("/_apis/wit/workitems/3")["fields"].(object)["System.Tags"]; got != nil {
		t.Errorf("removed: %v", got)
	}
	many := make([]string, 101)
	for i := range many {
		many[i] = fmt.Sprint("tag", i)
	}
	s.patch("3", op("add", "/fields/System.Tags", strings.Join(many, ";"))).says(t, 400, "TooManyTagsException")
	s.patch("3", op("add", "/fields/System.Tags", strings.Repeat("x", 401))).says(t, 400, "InvalidTagNameException")
	s.patch("3", op("add", "/fields/System.Tags", "@me")).says(t, 400, "InvalidTagNameException")
	s.Deny(CreateTags)
	s.patch("3", op("add", "/fields/System.Tags", "unheard of")).says(t, 403, "AccessDeniedException")
	if a := s.patch("3", op("add", "/fields/System.Tags", "z; b")); a.status != 200 {
		t.Errorf("known tags need a permission: %s", a.raw)
	}
}

func TestPatchesThatAreRefused(t *testing.T) {
	s := serve(t)
	s.patch("3", op("add", "/fields/System.State", "Imaginary")).says(t, 400, "RuleValidationException")
	s.patch("3", op("add", "/fields/System.ChangedDate", "2020-01-01")).says(t, 400, "RuleValidationException")
	s.patch("3", op("remove", "/fields/System.Title", nil)).says(t, 400, "RuleValidationException")
	s.patch("3", op("add", "/fields/System.AreaPath", `Shop\Nowhere`)).says(t, 400, "WorkItemTrackingTreeNodeNotFoundException")
	s.patch("3", op("add", "/fields/Custom.Nothing", 1)).says(t, 400, "WorkItemTrackingFieldDefinitionNotFoundException")
	s.patch("3", op("add", "/fields/System.Title", "kept?"), op("add", "/fields/System.State", "Imaginary")).says(t, 400, "RuleValidationException")
	s.patch("99", op("add", "/fields/System.Title", "x")).says(t, 404, "WorkItemUnauthorizedAccessException")
	s.do("PATCH", "/_apis/wit/workitems/3", []object{op("add", "/fields/System.Title", "x")}, "Content-Type", "application/json").
		says(t, http.StatusUnsupportedMediaType, "VssRequestContentTypeNotSupportedException")
	s.do("PATCH", "/_apis/wit/workitems/3?suppressNotifications=true", []object{op("add", "/fields/System.Title", "x")}).says(t, 403, "AccessDeniedException")
	s.do("PATCH", "/_apis/wit/workitems/3", []object{op("add", "/fields/System.Title", "x")}, "Accept", "application/json").
		says(t, 400, "VssVersionNotSpecifiedException")
	dry := s.do("PATCH", "/_apis/wit/workitems/3?validateOnly=true", []object{op("add", "/fields/System.Title", "dry")})
	if dry.status != 200 || dry.body["rev"] != 1.0 {
		t.Errorf("a dry run answered %s", dry.raw)
	}
	s.Deny(WriteItems)
	s.patch("3", op("add", "/fields/System.Title", "x")).says(t, 403, "WorkItemUnauthorizedSaveException")
	if got := s.WorkItem(3); got["rev"] != 1 || len(s.Truth().Writes()) != 0 {
		t.Errorf("something was written: %v %v", got, s.Truth().Writes())
	}
}

func TestRelations(t *testing.T) {
	s := serve(t)
	before := s.WorkItem(3)
	a := s.patch("3", op("add", "/relations/-", object{"rel": "System.LinkTypes.Dependency-Forward", "url": s.url + "/_apis/wit/workItems/4"}))
	if a.body["rev"] != 1.0 {
		t.Errorf("a link made a revision: %s", a.raw)
	}
	after := s.WorkItem(3)
	if diff := cmp.Diff(before["fields"], after["fields"]); diff != "" {
		t.Errorf("a link changed fields: %s", diff)
	}
	project := s.get("/_apis/projects/Shop")["id"].(string)
	wantURL := s.url + "/" + project + "/_apis/wit/workItems/4"
	relations := a.body["relations"].([]any)
	if len(relations) != 2 || relations[0].(object)["url"] != wantURL || relations[0].(object)["attributes"].(object)["name"] != "Successor" {
		t.Errorf("relations are %v", relations)
	}
	far := s.get("/_apis/wit/workitems/4?$expand=Relations")["relations"].([]any)[0].(object)
	if far["rel"] != "System.LinkTypes.Dependency-Reverse" {
		t.Errorf("the far end has %v", far)
	}
	link := func(rel string, to int) object {
		return op("add", "/relations/-", object{"rel": rel, "url": fmt.Sprintf("%s/_apis/wit/workItems/%d", s.url, to)})
	}
	s.patch("3", link("System.LinkTypes.Dependency-Forward", 4)).says(t, 400, "WorkItemLinkDuplicateException")
	s.patch("4", link("System.LinkTypes.Dependency-Forward", 3)).says(t, 400, "WorkItemLinkInvalidException")
	s.patch("3", link("System.LinkTypes.Hierarchy-Reverse", 1)).says(t, 400, "WorkItemLinkInvalidException")
	a = s.patch("3", op("remove", "/relations/1", nil), link("System.LinkTypes.Hierarchy-Reverse", 1))
	if a.status != 200 || a.body["fields"].(object)["System.Parent"] != 1.0 || a.body["rev"] != 1.0 {
		t.Errorf("a new parent: %d %s", a.status, a.raw)
	}
	a = s.patch("3", op("add", "/relations/-", object{"rel": "Hyperlink", "url": "https://example.com/x"}))
	if a.body["rev"] != 2.0 {
		t.Errorf("a hyperlink makes a revision: %s", a.raw)
	}
	a = s.patch("3", op("remove", "/relations/2", nil))
	if a.body["rev"] != 3.0 || len(a.body["relations"].([]any)) != 2 {
		t.Errorf("the hyperlink is not gone: %s", a.raw)
	}
}

func TestComments(t *testing.T) {
	s := serve(t)
	const path = "/Shop/_apis/wit/workItems/3/comments"
	posted := s.ok("POST", path, object{"text": "one &mdash; <script>x</script>two"})
	if posted["text"] != "one — two" || posted["id"] == nil {
		t.Errorf("posted %v", posted)
	}
	for _, text := range []string{"second", "third"} {
		_, err := s.AddComment(3, text)
		must(t, err)
	}
	page := s.get(path + "?$top=2")
	rest := s.get(path + "?$top=2&continuationToken=" + page["continuationToken"].(string))
	if page["totalCount"] != 3.0 || !slices.Equal(ids(page["comments"]), []int{3, 2}) || !slices.Equal(ids(rest["comments"]), []int{1}) || rest["continuationToken"] != nil {
		t.Errorf("pages are %v and %v", page, rest)
	}
	edited := s.do("PATCH", path+"/1", object{"text": "changed"}, "Content-Type", "application/json")
	if edited.status != 200 || edited.body["version"] != 2.0 {
		t.Errorf("edited: %s", edited.raw)
	}
	if got := s.get("/_apis/wit/workitems/3"); got["rev"] != 5.0 {
		t.Errorf("each of three comments and an edit is a revision, the rev is %v", got["rev"])
	}
	s.do("PATCH", path+"/2", object{"text": "not mine"}, "Content-Type", "application/json").says(t, 403, "WorkItemCommentUpdateException")
	if gone := s.do("DELETE", path+"/1", nil); gone.status != http.StatusNoContent {
		t.Errorf("deleted: %d", gone.status)
	}
	if got := s.get("/_apis/wit/workitems/3"); got["rev"] != 6.0 || got["fields"].(object)["System.CommentCount"] != 2.0 {
		t.Errorf("after deletion: %v", got)
	}
	s.do("GET", path+"/1", nil).says(t, 404, "WorkItemCommentNotFoundException")
	s.do("GET", path, nil, "Accept", "application/json;api-version=7.1").says(t, 400, "VssInvalidPreviewVersionException")
}
