package jira

import (
	"errors"
	"net/http"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// Credentials that stopped working are noticed by every kind of reading, in
// every guise, and never read as an empty tracker.
func TestH13RefusedCredentials(t *testing.T) {
	page := simulator.Rule{Status: http.StatusOK, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>Log in</html>"}
	nonAuthoritative := page
	nonAuthoritative.Status = http.StatusNonAuthoritativeInfo
	for name, refuse := range map[string]func(*jirasim.World){
		"401":                   func(w *jirasim.World) { w.Refuse(jirasim.Unauthorized) },
		"200 as nobody":         func(w *jirasim.World) { w.Refuse(jirasim.Nobody) },
		"redirect to a sign-in": func(w *jirasim.World) { w.Refuse(jirasim.SignIn) },
		"200 with a page":       func(w *jirasim.World) { w.Faults().Add(page) },
		"203 with a page":       func(w *jirasim.World) { w.Faults().Add(nonAuthoritative) },
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, jirasim.Settings{})
			tracker := connect(t, url, Settings{})
			if _, err := tracker.Describe(t.Context()); err != nil {
				t.Fatal(err)
			}
			sweeps, err := tracker.Sweeps(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			refuse(w)
			for what, err := range everyReading(t, tracker, sweeps[0]) {
				if !errors.Is(err, backlog.ErrUnauthorized) {
					t.Errorf("%s: %v, want it to wrap %v", what, err, backlog.ErrUnauthorized)
				}
			}
		})
	}
}

func everyReading(t *testing.T, tracker *Tracker, sweep backlog.Sweep) map[string]error {
	t.Helper()
	id := backlog.ItemID{Site: tracker.model.site, ID: "10001"}
	failed := map[string]error{}
	_, failed["describe"] = tracker.Describe(t.Context())
	_, failed["fetch"] = tracker.Fetch(t.Context(), id)
	_, failed["comments"] = tracker.Comments(t.Context(), id)
	for _, failed["read"] = range tracker.Read(t.Context(), sweep) {
	}
	for _, failed["census"] = range tracker.Census(t.Context(), backlog.ProjectID{Site: id.Site, ID: "10000"}) {
	}
	return failed
}

// A wrong token is refused at first contact.
func TestWrongToken(t *testing.T) {
	_, url := start(t, jirasim.Settings{})
	if _, err := connectAs(t, url, Settings{}, "wrong").Describe(t.Context()); !errors.Is(err, backlog.ErrUnauthorized) {
		t.Errorf("got %v, want it to wrap %v", err, backlog.ErrUnauthorized)
	}
}

// A write with refused credentials is refused, not unknown.
func TestRefusedWrite(t *testing.T) {
	w, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{})
	sighting := fetchOne(t, tracker, "SHOP-1")
	step := tracker.Steps(backlog.Change{Item: sighting.Item.ID, Key: "SHOP-1", Intent: "i", AddLabels: []string{"hygiene"}})[0]
	w.Refuse(jirasim.Unauthorized)
	receipt, err := tracker.Send(t.Context(), step)
	if err != nil || receipt.Outcome != backlog.Refused || receipt.Refusal != backlog.Unauthorized {
		t.Errorf("got %+v, %v, want it refused as unauthorized", receipt, err)
	}
}

func fetchOne(t *testing.T, tracker *Tracker, keyOrID string) backlog.Sighting {
	t.Helper()
	m, err := tracker.known(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	seen, err := tracker.Fetch(t.Context(), m.id(ident(keyOrID)))
	if err != nil || len(seen) != 1 {
		t.Fatalf("fetch %s: %+v, %v", keyOrID, seen, err)
	}
	return seen[0]
}
