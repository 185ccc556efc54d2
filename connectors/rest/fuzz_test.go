package rest

import (
	"net/http"
	"testing"
	"time"
)

// What a header asks for is within reason, whatever it says, and never less
// than it plainly says.
func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{
		"", "0", "7", "-7", "7.5", "1e9", "0x10", "Infinity", "NaN", "+5", " 12 ", "12 s", "soon", "315360000", "9223372036854775807",
		"99999999999999999999999999", "Tue, 24 Nov 2026 12:00:07 GMT", "Tue, 24 Nov 2036 12:00:07 GMT", "Tuesday, 24-Nov-26 12:00:07 GMT",
		"Tue Nov 24 12:00:07 2026", "Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 24 Nov 2026 12:00:07 +0200", "2026-11-24T12:00:07Z",
	} {
		f.Add(seed, "Tue, 24 Nov 2026 12:00:00 GMT", 429)
		f.Add(seed, "", 200)
		f.Add(seed, seed, 503)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text, date string, status int) {
		h := http.Header{"Retry-After": {text}, "Date": {date}}
		got := asked(&http.Response{StatusCode: status, Header: h}, now)
		if got < 0 || got > longestPause {
			t.Errorf("%q asks for %s", text, got)
		}
		if again := asked(&http.Response{StatusCode: status, Header: h}, now); again != got {
			t.Errorf("%q asks for %s, then for %s", text, got, again)
		}
		whole := 0
		for _, c := range text {
			if c < '0' || c > '9' || whole > 1e6 {
				return
			}
			whole = whole*10 + int(c-'0')
		}
		if got < time.Duration(whole)*time.Second {
			t.Errorf("%q asks for %s", text, got)
		}
	})
}

func FuzzRateHeaders(f *testing.F) {
	for _, seed := range [][6]string{
		{"100", "99", "1795521600", "10", "5", "0"},
		{"100", "20", "2026-11-24T12:00:05Z", "", "", "1.5"},
		{"200", "0", "1795521600000", "", "", "30"},
		{"0", "0", "0", "0", "0", "0"},
		{"-1", "-1", "-1", "-1", "-1", "-1"},
		{"1e308", "1e-308", "99999999999999999999", "1e308", "1e-308", "Inf"},
		{"NaN", "NaN", "NaN", "NaN", "NaN", "NaN"},
		{"5", "1", "2026-11-24T13:00Z", "1", "3600", ""},
		{"", "", "9999-12-31T23:59:59+14:00", "", "999999999999", "x"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], seed[4], seed[5])
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, limit, remaining, end, fill, every, delay string) {
		h := http.Header{
			"X-Ratelimit-Limit": {limit}, "X-Ratelimit-Remaining": {remaining}, "X-Ratelimit-Reset": {end},
			"X-Ratelimit-Fillrate": {fill}, "X-Ratelimit-Interval-Seconds": {every}, "X-Ratelimit-Delay": {delay},
		}
		if near := nearLimit(h, now); near != 0 && !(near >= slowest && near <= 1e12) {
			t.Errorf("%v is %v requests a second", h, near)
		}
		p := newPace(20, 10)
		p.heed(h)
		if got := float64(p.limiter.Limit()); !(got >= slowest && got <= 20) {
			t.Errorf("%v brings us to %v requests a second", h, got)
		}
		for _, status := range []int{http.StatusOK, http.StatusTooManyRequests} {
			if got := asked(&http.Response{StatusCode: status, Header: h}, now); got < 0 || got > longestPause || status == http.StatusOK && got != 0 {
				t.Errorf("%v with %d asks for %s", h, status, got)
			}
		}
	})
}
