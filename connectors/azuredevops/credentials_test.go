package azuredevops

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Credentials that stopped working are noticed by every kind of reading, in
// every guise, and never read as an empty organisation.
func TestH13RefusedCredentials(t *testing.T) {
	page := func(status int) simulator.Rule {
		return simulator.Rule{Status: status, Header: map[string]string{"Content-Type": "text/html; charset=utf-8"}, Body: "<!DOCTYPE html><html>Sign in</html>"}
	}
	redirect := simulator.Rule{Status: http.StatusFound, Header: map[string]string{"Location": "https://spsprodeus2.vssps.visualstudio.com/_signin?realm=dev.azure.com"}}
	for name, rule := range map[string]simulator.Rule{
		"203 with a page": page(http.StatusNonAuthoritativeInfo),
		"200 with a page": page(http.StatusOK),
		"302":             redirect,
		"401":             {Status: http.StatusUnauthorized},
		"403 with TF400813": answer("", http.StatusForbidden,
			`{"message":"TF400813: The user 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' is not authorized to access this resource."}`),
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, azuresim.Settings{Token: token})
			tracker := connect(t, url, Settings{})
			if _, err := tracker.Describe(t.Context()); err != nil {
				t.Fatal(err)
			}
			sweeps, err := tracker.Sweeps(t.Context(), nil)
			must(t, err)
			w.Faults().Add(rule)
			for what, err := range everyReading(t, tracker, sweeps[0]) {
				if !errors.Is(err, backlog.ErrUnauthorized) {
					t.Errorf("%s: %v, want it to wrap %v", what, err, backlog.ErrUnauthorized)
				}
				if err != nil && strings.Contains(err.Error(), token) {
					t.Errorf("%s tells the token: %v", what, err)
				}
			}
		})
	}
}

func everyReading(t *testing.T, tracker *Tracker, sweep backlog.Sweep) map[string]error {
	t.Helper()
	id := tracker.model.item(1)
	failed := map[string]error{}
	_, failed["describe"] = tracker.Describe(t.Context())
	_, failed["fetch"] = tracker.Fetch(t.Context(), id)
	_, failed["comments"] = tracker.Comments(t.Context(), id)
	for _, failed["read"] = range tracker.Read(t.Context(), sweep) {
	}
	for _, failed["census"] = range tracker.Census(t.Context(), backlog.ProjectID{Site: testSite, ID: tracker.model.scope[0].ID}) {
	}
	return failed
}

// A wrong token is refused at first contact, whichever way the sign-in page
// comes, and so is being taken for nobody.
func TestWrongToken(t *testing.T) {
	for _, way := range []azuresim.SignIn{azuresim.SignInPage, azuresim.SignInRedirect} {
		_, url := start(t, azuresim.Settings{Token: "another-token", SignIn: way})
		if _, err := connect(t, url, Settings{}).Describe(t.Context()); !errors.Is(err, backlog.ErrUnauthorized) {
			t.Errorf("%s: got %v, want it to wrap %v", way, err, backlog.ErrUnauthorized)
		}
	}
	w, url := start(t, azuresim.Settings{})
	w.Faults().Add(answer("(?i)/connectionData", http.StatusOK,
		`{"authenticatedUser":{"id":"aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa","descriptor":"System:PublicAccess;aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa"},"authorizedUser":{},"instanceId":"`+instance+`"}`))
	if _, err := connect(t, url, Settings{}).Describe(t.Context()); !errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("as nobody: got %v, want it to wrap %v", err, backlog.ErrUnauthorized)
	}
}

// A write with refused credentials is refused, not unknown; one that could not
// even begin is an error.
func TestRefusedWrite(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	tracker := connect(t, url, Settings{})
	seen, err := tracker.Fetch(t.Context(), backlog.ItemID{Site: testSite, ID: "1"})
	must(t, err)
	step := tracker.Steps(backlog.Change{Item: seen[0].Item.ID, Base: seen[0].Item.Revision, Intent: "i", AddLabels: []string{"hygiene"}})[0]
	w.Faults().Add(simulator.Rule{Method: http.MethodPatch, Status: http.StatusUnauthorized})
	receipt, err := tracker.Send(t.Context(), step)
	if err != nil || receipt.Outcome != backlog.Refused || receipt.Refusal != backlog.Unauthorized {
		t.Errorf("got %+v, %v, want it refused as unauthorized", receipt, err)
	}
	w.Faults().Add(simulator.Rule{Method: http.MethodOptions, Status: http.StatusUnauthorized})
	w.Faults().Add(simulator.Rule{Path: "(?i)/connectionData", Status: http.StatusUnauthorized})
	if receipt, err := connect(t, url, Settings{}).Send(t.Context(), step); !errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("got %+v, %v, want an error that wraps %v", receipt, err, backlog.ErrUnauthorized)
	}
	if writes := w.Truth().Writes(); len(writes) != 0 {
		t.Errorf("the world changed: %+v", writes)
	}
}
