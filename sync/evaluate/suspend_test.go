package evaluate

import (
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

func TestAPassThatRestsOnAStaleNeighbourProvesNothing(t *testing.T) {
	source := backlog.Source{Connection: "shop", Project: "PAY"}
	doubting := trust{Doubted: []doubted{{Source: source, Why: "census broken"}}}
	neighbour := func(presence backlog.Presence) *backlog.Stored {
		return &backlog.Stored{
			Connection: "shop", Presence: presence,
			Item: backlog.Item{Key: "PAY-1", Project: backlog.Project{Key: "PAY"}},
		}
	}
	for name, family := range map[string]func(*backlog.Stored) backlog.Family{
		"parent": func(n *backlog.Stored) backlog.Family { return backlog.Family{Parent: n} },
		"child":  func(n *backlog.Stored) backlog.Family { return backlog.Family{Children: []backlog.Stored{*n}} },
		"link": func(n *backlog.Stored) backlog.Family {
			return backlog.Family{Linked: []backlog.Neighbour{{}, {Item: n}}}
		},
	} {
		asks := engine.Policy{Reads: backlog.Reads{Parent: name == "parent", Children: name == "child", Links: name == "link"}}
		for _, c := range []struct {
			trust    trust
			presence backlog.Presence
			policy   engine.Policy
			want     string
		}{
			{trust{}, backlog.Found, asks, ""},
			{trust{}, backlog.Missing, asks, "PAY-1 is not shown any more"},
			{doubting, backlog.Found, asks, "census broken"},
			{doubting, backlog.Missing, engine.Policy{}, ""},
		} {
			f := family(neighbour(c.presence))
			got := c.trust.stale(&c.policy, &f)
			if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
				t.Errorf("%s, %s: %q, want %q", name, c.presence, got, c.want)
			}
		}
	}
}
