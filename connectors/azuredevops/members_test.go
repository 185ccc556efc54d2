package azuredevops

import "testing"

// Whatever a work item is, nothing breaks.
func FuzzParseItem(f *testing.F) {
	for _, seed := range []string{typical, `{}`, `[]`, `null`, `{"id":1,"fields":{"System.Title":"a"}}`, `{"id":`, `{1}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		w, err := parseItem(source)
		if err == nil {
			w.text("System.Title")
		}
	})
}
