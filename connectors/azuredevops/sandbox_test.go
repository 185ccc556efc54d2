//go:build live

package azuredevops

import (
	"os"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// TestLive takes the tour in a real organisation, or collection of a Server,
// that the environment names: TRACKWARDEN_LIVE_AZURE_URL and so on.
func TestLive(t *testing.T) { trackertest.RunLive(t, "AZURE", os.Getenv, openLive) }
