//go:build !failpoint

package failpoint

import "testing"

// What is on the way of every request and every commit has to cost nothing.
func TestAnOrdinaryBuildHasNoPoints(t *testing.T) {
	t.Setenv("TRACKWARDEN_FAILPOINT", "1")
	t.Setenv("TRACKWARDEN_CLOCK", "2001-01-01T00:00:00Z")
	path := "/rest/api/2/issue/1"
	if n := testing.AllocsPerRun(100, func() { Hit("before request", "PUT", path) }); n != 0 {
		t.Errorf("a point that is none allocates %v times", n)
	}
	if Clock()().Year() == 2001 {
		t.Error("the environment sets the clock")
	}
}
