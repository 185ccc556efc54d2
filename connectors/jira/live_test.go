package jira

import (
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// TestLiveOnSimulator takes the tour of a sandbox where nothing can be spoilt.
func TestLiveOnSimulator(t *testing.T) {
	for name, s := range map[string]jirasim.Settings{
		"cloud": {}, "data center": {Edition: jirasim.DataCenter, Context: "/jira"},
	} {
		t.Run(name, func(t *testing.T) {
			w, url := start(t, s, enrich, func(w *jirasim.World) {
				for range 10 {
					story(w, map[string]any{"summary": "More"})
				}
			})
			t.Setenv("TRACKWARDEN_LIVE_SIM_URL", url)
			t.Setenv("TRACKWARDEN_LIVE_SIM_TOKEN", token)
			t.Setenv("TRACKWARDEN_LIVE_SIM_PROJECT", "SHOP")
			if s.Edition == jirasim.Cloud {
				t.Setenv("TRACKWARDEN_LIVE_SIM_USER", "bot@shop.example")
			}
			trackertest.RunLive(t, "SIM", os.Getenv, openLive)
			if n := len(w.Truth().Writes()); n > 0 {
				t.Errorf("a reading tour wrote %d times", n)
			}
			t.Setenv("TRACKWARDEN_LIVE_WRITE", "1")
			for range 2 { // a second run finds what the first left
				trackertest.RunLive(t, "SIM", os.Getenv, openLive)
			}
			if n := len(w.Truth().Writes()); n == 0 {
				t.Error("a writing tour wrote nothing")
			}
		})
	}
}

func openLive(t *testing.T, s trackertest.Sandbox) (backlog.Reader, backlog.Writer) {
	settings := rest.Settings{
		BaseURL: s.URL, User: s.User, Token: func() (string, error) { return s.Token, nil },
		ReadPOST: ReadPOST(), Verify: Verify,
	}
	if strings.HasPrefix(s.URL, "http://127.0.0.1:") {
		settings.Rate, settings.Burst = 1000, 1000 // a simulator
	}
	stack, err := rest.New(settings, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	tracker, err := New(Settings{Connection: "sandbox", URL: s.URL, Projects: []string{s.Project}, PageSize: 10, Owner: "trackertest"}, stack, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return tracker, tracker
}
