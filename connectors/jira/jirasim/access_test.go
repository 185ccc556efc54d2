package jirasim

import (
	"net/http"
	"testing"
)

func TestGuisesOfRefusedCredentials(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	search := func(want int) answer {
		return v.do(want, "POST", "/rest/api/2/search/jql", object{"jql": "project = SHOP"})
	}
	if n := len(search(200).body["issues"].([]any)); n != 1 {
		t.Fatalf("%d issues with the right token", n)
	}
	v.token = "wrong"
	if a := v.do(401, "GET", "/rest/api/2/myself", nil); a.body["message"] == nil {
		t.Errorf("401: %s", a.raw)
	}
	v.token = "tok"
	v.world.Refuse(Nobody)
	a := search(200)
	if len(a.body["issues"].([]any)) != 0 || a.header.Get("X-Seraph-LoginReason") != "AUTHENTICATED_FAILED" {
		t.Errorf("as nobody: %s, %v", a.raw, a.header)
	}
	v.do(401, "GET", "/rest/api/2/myself", nil)
	v.do(404, "GET", "/rest/api/2/issue/SHOP-1", nil)
	v.do(404, "PUT", "/rest/api/2/issue/SHOP-1", object{"update": labels("+x")})
	if a := v.do(200, "GET", "/rest/api/2/project/search", nil); a.body["total"] != 0.0 {
		t.Errorf("nobody sees projects: %s", a.raw)
	}
	v.world.Refuse(SignIn)
	if a := search(http.StatusFound); a.header.Get("Location") == "" {
		t.Error("no place to sign in")
	}
	v.world.Refuse(Unauthorized)
	search(401)
	v.world.Refuse(Accepted)
	v.token = ""
	search(400) // without credentials the project does not exist
	if got := v.what(); got != "" {
		t.Errorf("applied: %s", got)
	}
}

func TestBearerOnTheGateway(t *testing.T) {
	v := visit(t, func(s *Settings) { s.User = ""; s.CloudID = "cloud-1" })
	if a := v.do(200, "GET", "/_edge/tenant_info", nil); a.body["cloudId"] != "cloud-1" {
		t.Errorf("tenant %s", a.raw)
	}
	req, err := http.NewRequest("GET", v.url+"/ex/jira/cloud-1/rest/api/3/myself", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer tok")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("status %d", resp.StatusCode)
	}
	v.do(401, "GET", "/rest/api/3/myself", nil) // Basic is not for this account
}

func TestPermissions(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	v.add(object{"project": "PAY"})
	v.world.Deny("SHOP", "EDIT_ISSUES", "ADD_COMMENTS")
	v.do(403, "PUT", "/rest/api/2/issue/SHOP-1", object{"update": labels("+x")})
	v.do(403, "PUT", "/rest/api/2/issue/SHOP-1/properties/p", 1)
	v.do(400, "POST", "/rest/api/2/issue/SHOP-1/comment", object{"body": "x"})
	mine := v.do(200, "GET", "/rest/api/2/mypermissions"+params("permissions", "EDIT_ISSUES,BROWSE_PROJECTS,ADMINISTER_PROJECTS", "projectKey", "SHOP"), nil).body["permissions"].(object)
	for key, want := range map[string]bool{"EDIT_ISSUES": false, "BROWSE_PROJECTS": true, "ADMINISTER_PROJECTS": false} {
		if got := mine[key].(object)["havePermission"]; got != want {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
	v.do(400, "GET", "/rest/api/2/mypermissions", nil)
	v.do(400, "GET", "/rest/api/2/mypermissions?permissions=FLY", nil)
	grants := v.do(200, "POST", "/rest/api/3/permissions/check", object{"projectPermissions": []object{{"permissions": []string{"EDIT_ISSUES"}, "issues": []int{10001, 10002}}}})
	if got := grants.body["projectPermissions"].([]any)[0].(object)["issues"].([]any); len(got) != 1 || got[0] != 10002.0 {
		t.Errorf("may edit %v", got)
	}
	v.world.Deny("SHOP", "BROWSE_PROJECTS")
	v.do(404, "GET", "/rest/api/2/issue/SHOP-1", nil)
	v.do(404, "GET", "/rest/api/2/project/SHOP", nil)
	v.do(400, "POST", "/rest/api/2/search/jql", object{"jql": "project = SHOP"})
	v.world.Allow("SHOP", "BROWSE_PROJECTS", "EDIT_ISSUES")
	v.do(204, "PUT", "/rest/api/2/issue/SHOP-1", object{"update": labels("+x")})
}

func TestQuietNeedsProjectAdministration(t *testing.T) {
	v := visit(t, func(s *Settings) { s.Quiet = true })
	v.add(object{"project": "SHOP"})
	v.do(204, "PUT", "/rest/api/2/issue/SHOP-1?notifyUsers=false", object{"update": labels("+x")})
	v.do(204, "PUT", "/rest/api/2/issue/SHOP-1", object{"update": labels("-x")})
	writes := v.world.Truth().Writes()
	if writes[0].Mails || !writes[1].Mails {
		t.Errorf("mails: %v, %v", writes[0].Mails, writes[1].Mails)
	}
}
