package azuredevops

import (
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// TestLiveOnSimulator takes the tour of a sandbox where nothing can be spoilt.
func TestLiveOnSimulator(t *testing.T) {
	w, url := start(t, azuresim.Settings{})
	t.Setenv("TRACKWARDEN_LIVE_SIM_URL", url)
	t.Setenv("TRACKWARDEN_LIVE_SIM_TOKEN", token)
	t.Setenv("TRACKWARDEN_LIVE_SIM_PROJECT", "Platform")
	trackertest.RunLive(t, "SIM", os.Getenv, openLive)
	if n := len(w.Truth().Writes()); n > 0 {
		t.Errorf("a reading tour wrote %d times", n)
	}
}

func openLive(t *testing.T, s trackertest.Sandbox) (backlog.Reader, backlog.Writer) {
	settings := rest.Settings{
		BaseURL: s.URL, User: s.User, BasicPAT: s.User == "", Token: func() (string, error) { return s.Token, nil },
		ReadPOST: ReadPOST(), Verify: Verify,
	}
	batch := 10
	if strings.HasPrefix(s.URL, "http://127.0.0.1:") { // a simulator, with a few items
		settings.Rate, settings.Burst, batch = 1000, 1000, 2
	}
	stack, err := rest.New(settings, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	tracker, err := New(Settings{Connection: "sandbox", URL: s.URL, Projects: []string{s.Project}, BatchSize: batch, Owner: "trackertest"}, stack, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return tracker, tracker
}
