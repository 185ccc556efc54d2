package rest_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/andygrunwald/go-jira"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7"

	"github.com/trackwarden/trackwarden/backlog"
)

// The vendors' clients are given our http.Client. An error must come back
// through them as it was, though they lose status and headers themselves.
func TestErrorsPassThroughTheVendorsClients(t *testing.T) {
	home := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		if r.Header.Get("Authorization") != "Bearer "+canary {
			t.Errorf("Authorization is %q", r.Header.Get("Authorization"))
		}
		reply(w, 203, html, page)
	})
	c := open(t, quick(home.URL))

	j, err := jira.NewClient(c.HTTP(), home.URL)
	if err != nil {
		t.Fatal(err)
	}
	req, _ := j.NewRequestWithContext(t.Context(), "GET", "rest/api/2/myself", nil)
	_, err = j.Do(req, &struct{}{})
	if e := failure(t, err); e.Status != 203 || !errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("through go-jira: %v", err)
	}

	a := azuredevops.NewClientWithOptions(&azuredevops.Connection{SuppressFedAuthRedirect: true}, home.URL, azuredevops.WithHTTPClient(c.HTTP()))
	req, err = a.CreateRequestMessage(t.Context(), "GET", home.URL+"/_apis/projects", "7.1", nil, "", "application/json", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.SendRequest(req)
	if e := failure(t, err); e.Status != 203 || !errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("through azure-devops-go-api: %v", err)
	}
}
