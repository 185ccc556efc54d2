package rest_test

import (
	"io"
	"net/http"
	"strconv"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// whole is an answer with everything in it that a cut may go through.
const whole = `{"issues":[{"id":"10001","fields":{"summary":"Ein Müll\u00e4rm \"x\"","n":-1.5e3,"t":true,"z":null}}],"isLast":true}`

// cutAt sends so many bytes of the whole answer. Announced, the connection ends
// too early; unannounced, the answer ends as if it were complete.
func cutAt(w http.ResponseWriter, n int, announced bool) {
	w.Header().Set("Content-Type", "application/json")
	if announced {
		w.Header().Set("Content-Length", strconv.Itoa(len(whole)))
	}
	w.WriteHeader(http.StatusOK)
	_, _ = io.WriteString(w, whole[:n])
	if announced {
		panic(http.ErrAbortHandler)
	}
}

func TestH15AnAnswerIsNeverTakenInPart(t *testing.T) {
	for n := range len(whole) {
		for _, announced := range []bool{true, false} {
			home := serve(t, func(w http.ResponseWriter, _ *http.Request, hit int64) {
				if hit == 1 {
					cutAt(w, n, announced)
					return
				}
				reply(w, 200, "application/json", whole)
			})
			got, err := ask(t, open(t, quick(home.URL)), "GET", home.URL, "")
			if err != nil || got != whole {
				t.Fatalf("cut after %d bytes (announced: %t): %q, %v", n, announced, got, err)
			}
			home.saw(t, 2)
			home.Close()
		}
	}
}

// The same answer to a write: the write has happened, and may not happen again.
// Only nothing at all, said so, is an answer that a write may have.
func TestH16ACutAnswerToAWriteIsUnknown(t *testing.T) {
	for n := range len(whole) {
		for _, announced := range []bool{true, false} {
			if n == 0 && !announced {
				continue
			}
			home := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { cutAt(w, n, announced) })
			_, err := ask(t, open(t, quick(home.URL)), "POST", home.URL+"/comment", "{}")
			if r := rest.Outcome(err); r.Outcome != backlog.Unknown {
				t.Fatalf("cut after %d bytes (announced: %t): %+v of %v", n, announced, r, err)
			}
			home.saw(t, 1)
			home.Close()
		}
	}
}
