package engine_test

import (
	"testing"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// load compiles the built-in policies.
func load(t testing.TB) *engine.Library {
	t.Helper()
	library, err := engine.Load(t.Context(), policies.FS())
	if err != nil {
		t.Fatal(err)
	}
	return library
}

func TestTheFirstEightAreThere(t *testing.T) {
	want := []string{
		"feature/dependency-cycle", "feature/no-benefit-hypothesis", "feature/no-stories",
		"story/dependency-cycle", "story/no-acceptance-criteria", "story/no-owner", "story/orphan", "story/stale",
		"story/too-big",
	}
	var have []string
	for _, p := range load(t).Policies() {
		have = append(have, p.ID)
	}
	for _, id := range want {
		found := false
		for _, h := range have {
			found = found || h == id
		}
		if !found {
			t.Errorf("there is no %s; have %v", id, have)
		}
	}
}
