package jirasim

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestComments(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	const path = "/rest/api/2/issue/SHOP-1/comment"
	made := v.do(201, "POST", path, object{"body": "*Backlog check*", "properties": []object{{"key": "trackwarden", "value": object{"hash": "h"}}}})
	id := text(made.body["id"])
	v.clock.pass(time.Minute)
	if _, err := v.world.Human("").AddComment("SHOP-1", "Looking"); err != nil {
		t.Fatal(err)
	}
	page := v.do(200, "GET", path+params("orderBy", "-created", "maxResults", "1"), nil)
	if page.body["total"] != 2.0 || page.body["comments"].([]any)[0].(object)["body"] != "Looking" {
		t.Errorf("newest first: %s", page.raw)
	}
	if _, shown := made.body["properties"]; shown {
		t.Error("properties are shown without being expanded")
	}
	list := v.do(200, "POST", "/rest/api/3/comment/list?expand=properties", object{"ids": []int{10001, 10002, 99999}}).body["values"].([]any)
	if len(list) != 2 || fmt.Sprint(list[0].(object)["properties"]) != "[map[key:trackwarden value:map[hash:h]]]" {
		t.Errorf("list %v", list)
	}
	put := v.do(200, "PUT", path+"/"+id+"?notifyUsers=false", object{"body": "*All clear*"})
	if put.body["body"] != "*All clear*" || put.body["created"] == put.body["updated"] {
		t.Errorf("put: %s", put.raw)
	}
	a := v.do(400, "PUT", path+"/10002", object{"body": "not mine"})
	if !strings.Contains(a.sentence(), "permission to edit comment") {
		t.Error(a.sentence())
	}
	v.do(400, "POST", path, object{"body": " "})
	v.do(400, "POST", path, object{"body": strings.Repeat("x", 32768)})
	v.do(204, "DELETE", path+"/"+id, nil)
	if got := v.do(404, "PUT", path+"/"+id, object{"body": "x"}).sentence(); got != "Can not find a comment for the id: 10001." {
		t.Error(got)
	}
	if got := v.what(); got != "SHOP-1 comment 10001 posted | SHOP-1 comment 10001 edited | SHOP-1 comment 10001 deleted" {
		t.Errorf("truth: %s", got)
	}
}

func TestDocumentsInV3(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP", "description": "one\ntwo\n\nthree"})
	fields := v.do(200, "GET", "/rest/api/3/issue/SHOP-1?fields=description", nil).body["fields"].(object)
	body := fields["description"].(object)
	if body["type"] != "doc" || len(body["content"].([]any)) != 2 {
		t.Errorf("document %v", body)
	}
	v.do(201, "POST", "/rest/api/3/issue/SHOP-1/comment", object{"body": body})
	if got := v.world.Comments("SHOP-1")[0]["body"]; got != "one\ntwo\n\nthree" {
		t.Errorf("body %q", got)
	}
	v.do(400, "POST", "/rest/api/3/issue/SHOP-1/comment", object{"body": "wiki text"})
	v.do(400, "POST", "/rest/api/2/issue/SHOP-1/comment", object{"body": body})
}

func TestSearchEmbedsTwentyComments(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	for n := range 25 {
		if _, err := v.world.Human("").AddComment("SHOP-1", fmt.Sprint(n)); err != nil {
			t.Fatal(err)
		}
	}
	row := v.do(200, "POST", "/rest/api/2/search/jql", object{"jql": "key = SHOP-1", "fields": []string{"comment"}}).body["issues"].([]any)[0].(object)
	page := row["fields"].(object)["comment"].(object)
	if len(page["comments"].([]any)) != 20 || page["total"] != 25.0 {
		t.Errorf("%d comments of %v", len(page["comments"].([]any)), page["total"])
	}
}
