//go:build live

package jira

import (
	"os"
	"testing"

	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// TestLive takes the tour in a real Jira, Cloud or Data Center, that the
// environment names: TRACKWARDEN_LIVE_JIRA_URL and so on.
func TestLive(t *testing.T) { trackertest.RunLive(t, "JIRA", os.Getenv, openLive) }
