package jira

import "testing"

func TestWhichIssueAWriteIsAbout(t *testing.T) {
	for path, want := range map[string]string{
		"/rest/api/2/issue/10001":                "10001",
		"/jira/rest/api/2/issue/10001/comment/7": "10001",
		"/rest/api/2/issue/10001/properties/x":   "10001",
		"/rest/api/2/search/jql":                 "",
		"/rest/api/2/issuetype":                  "",
	} {
		if got := issueOf(path); got != want {
			t.Errorf("%s is about %q, want %q", path, got, want)
		}
	}
	if len(Limits(true).Endpoint) > 0 || len(Limits(false).Endpoint) == 0 || len(Limits(true).PerItem) != 2 {
		t.Error("only the limits of endpoints are left out on a site of one's own")
	}
}
