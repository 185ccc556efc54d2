package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/policies/engine"
)

func TestAPolicySaysWhichNeighboursItLooksAt(t *testing.T) {
	want := map[string]engine.Reads{"feature/no-stories": {Children: true}}
	for _, p := range load(t).Policies() {
		if diff := cmp.Diff(want[p.ID], p.Reads); diff != "" {
			t.Errorf("%s (-want +got):\n%s", p.ID, diff)
		}
	}
}
