package jira

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// What is long, or could not be read, is not remembered; and never more than so
// many values are.
func TestRepeatedValuesAreBounded(t *testing.T) {
	var r repeated[int]
	reads := 0
	ask := func(raw string, err error) {
		t.Helper()
		if n, got := r.read(json.RawMessage(raw), func(raw json.RawMessage) (int, error) { reads++; return len(raw), err }); n != len(raw) || !errors.Is(got, err) {
			t.Errorf("%d, %v for %d bytes", n, got, len(raw))
		}
	}
	failure := errors.New("no")
	for _, c := range []struct {
		raw   string
		err   error
		reads int // of three
	}{{"short", nil, 1}, {strings.Repeat("x", longest+1), nil, 3}, {"broken", failure, 3}} {
		reads = 0
		for range 3 {
			ask(c.raw, c.err)
		}
		if reads != c.reads {
			t.Errorf("%d bytes were read %d times, want %d", len(c.raw), reads, c.reads)
		}
	}
	for i := range 2*maxRepeated + 1 {
		ask(fmt.Sprint("value ", i), nil)
	}
	if len(r.known) > maxRepeated {
		t.Errorf("%d values are remembered", len(r.known))
	}
}
