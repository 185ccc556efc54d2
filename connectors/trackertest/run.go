package trackertest

import "testing"

// Run tells the whole contract. open gives a tracker on a fresh world for each
// chapter.
func Run(t *testing.T, open func(t *testing.T) Tracker) {
	for _, chapter := range []struct {
		name string
		tell func(*story)
	}{
		// Reading.
		{"describe", describe},
		{"sweep", sweep},
		{"resume", resume},
		{"incremental", incremental},
		{"convert", convert},
		{"fetch", fetch},
		{"census", census},
		// Writing.
		{"relabel", relabel},
		{"comment", comment},
		{"repeat", repeat},
		{"human edits survive", humanEditsSurvive},
		{"take back", takeBack},
		// What goes wrong.
		{"stale", stale},
		{"lost answer", lostAnswer},
		{"throttle", throttle},
		{"deletion", deletion},
		// What a connector need not have.
		{"history", history},
		{"links", links},
		{"hint", hint},
	} {
		t.Run(chapter.name, func(t *testing.T) { chapter.tell(begin(t, open)) })
	}
}
