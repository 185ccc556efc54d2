package trackertest

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Grown is how long a text becomes, in bytes, when Linear repeats it.
const Grown = 64 << 10

// Linear holds that a reader of hostile texts needs time in proportion to their
// length: what is eight times as long may not take twenty times as long. Out of
// before, the piece repeated, and after it makes the texts. What is read in a
// tenth of a second is fast enough, however that grows.
func Linear(t *testing.T, before, piece, after string, read func(string)) {
	t.Helper()
	if piece == "" || len(before)+len(after) > Grown/8 {
		return
	}
	took := func(length int) time.Duration {
		text := before + strings.Repeat(piece, length/len(piece)+1) + after
		begun := time.Now()
		read(text)
		return time.Since(begun)
	}
	var short, long time.Duration
	for range 4 { // a busy machine makes one or the other slow, not each time
		if long = took(Grown); long < time.Second/10 {
			return
		}
		if short = took(Grown / 8); long < 20*short {
			return
		}
	}
	t.Errorf("%.80q, %q repeated, %q: %s for %d KiB, %s for %d", before, piece, after, short, Grown/8>>10, long, Grown>>10)
}

// Sound holds what may be asked of any reader of texts: what it makes of a text
// is valid UTF-8 if the text is, the same each time, and not longer than so
// many times the text.
func Sound(t *testing.T, text string, times int, read func(string) string) string {
	t.Helper()
	got := read(text)
	if utf8.ValidString(text) && !utf8.ValidString(got) {
		t.Errorf("%q became %q, which is no valid text", text, got)
	}
	if again := read(text); again != got {
		t.Errorf("%q became %q, and then %q", text, got, again)
	}
	if len(got) > times*len(text)+512 {
		t.Errorf("%q, %d bytes, became %d bytes: %q", text, len(text), len(got), got)
	}
	return got
}
