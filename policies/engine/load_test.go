package engine_test

import (
	"context"
	"sync"
	"testing"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// builtIn are the built-in policies, compiled once for all tests that do not
// change them.
var builtIn = sync.OnceValues(func() (*engine.Library, error) { return engine.Load(context.Background(), policies.FS()) })

// load are the built-in policies.
func load(t testing.TB) *engine.Library {
	t.Helper()
	library, err := builtIn()
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

func TestOnlySomePoliciesAreCompiled(t *testing.T) {
	whole := load(t)
	some, err := whole.Only(t.Context(), func(p engine.Policy) bool { return p.ID == "story/stale" })
	if err != nil {
		t.Fatal(err)
	}
	if all := some.Policies(); len(all) != 1 || all[0].ID != "story/stale" || some.Revision() != whole.Revision() {
		t.Errorf("%v of revision %s", all, some.Revision())
	}
	if len(whole.Policies()) < 9 {
		t.Error("the whole library lost policies")
	}
	in := healthyStory()
	in.Text.Criteria = nil
	if found, err := some.Evaluate(t.Context(), in); err != nil || len(found.Violations)+len(found.Failed) > 0 {
		t.Errorf("a policy that holds nowhere said %v, %v", found, err)
	}
}
