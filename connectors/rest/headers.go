package rest

import (
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// longestPause is what a pause counts at most: nothing in the world of a
// tracker takes longer, and times can still be reckoned with.
const longestPause = 10 * 365 * 24 * time.Hour

// asked is how long an answer asks to wait, by its headers; 0: it does not, or
// in words that mean nothing. The longest of what is said counts. Retry-After
// is a wish on any answer (RFC 9110, section 10.2.3; Azure DevOps sends it with
// a 200). The rate headers are one only with a 429 that has no Retry-After: when
// the window ends (X-RateLimit-Reset), or when new tokens come
// (X-RateLimit-Interval-Seconds, Jira Data Center).
func asked(resp *http.Response, now time.Time) time.Duration {
	if pause := retryAfter(resp.Header, now); pause > 0 || resp.StatusCode != http.StatusTooManyRequests {
		return pause
	}
	if at, ok := reset(resp.Header); ok {
		return clamp(at.Sub(serverNow(resp.Header, now)))
	}
	return seconds(resp.Header.Get("X-RateLimit-Interval-Seconds"))
}

// retryAfter is seconds, or a date on the server's clock. Garbage and the past
// are 0.
func retryAfter(h http.Header, now time.Time) time.Duration {
	var longest time.Duration
	for _, text := range h.Values("Retry-After") {
		pause := seconds(text)
		if at, err := http.ParseTime(strings.TrimSpace(text)); err == nil {
			pause = clamp(at.Sub(serverNow(h, now)))
		}
		longest = max(longest, pause)
	}
	return longest
}

var digits = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)

// seconds reads a number of seconds, rounded up to milliseconds; 0 when it is
// none.
func seconds(text string) time.Duration {
	text = strings.TrimSpace(text)
	if !digits.MatchString(text) {
		return 0
	}
	n, _ := strconv.ParseFloat(text, 64) // of digits: at worst infinite
	if n >= longestPause.Seconds() {
		return longestPause
	}
	return time.Duration(math.Ceil(n*1000)) * time.Millisecond
}

// reset is when the tracker's window ends: seconds since 1970 (Azure DevOps), or
// a time as in ISO 8601, also without its seconds (Jira Cloud).
func reset(h http.Header) (time.Time, bool) {
	text := strings.TrimSpace(h.Get("X-RateLimit-Reset"))
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt32*4 { // milliseconds, or nonsense
		return time.Time{}, false
	}
	return time.Unix(n, 0), true
}

// serverNow is the answer's own time, else ours.
func serverNow(h http.Header, now time.Time) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return now
}

func clamp(d time.Duration) time.Duration { return min(max(d, 0), longestPause) }

// nearLimit is how many requests a second the tracker can still bear when an
// answer says that little is left: at most a fifth of the limit, or that
// requests are being delayed already. 0: nothing is said, or enough is left.
func nearLimit(h http.Header, now time.Time) float64 {
	limit, remaining := number(h, "X-RateLimit-Limit"), number(h, "X-RateLimit-Remaining")
	near := limit > 0 && remaining >= 0 && remaining*5 <= limit ||
		strings.EqualFold(h.Get("X-RateLimit-NearLimit"), "true") || // Jira Cloud
		number(h, "X-RateLimit-Delay") > 0 // Azure DevOps, in seconds
	if !near {
		return 0
	}
	if fill, every := number(h, "X-RateLimit-FillRate"), number(h, "X-RateLimit-Interval-Seconds"); fill > 0 && every > 0 {
		return max(fill/every, slowest)
	}
	if at, ok := reset(h); ok && remaining > 0 {
		if left := at.Sub(serverNow(h, now)).Seconds(); left > 0 {
			return max(remaining/left, slowest)
		}
	}
	return slowest
}

// number is a header's value; -1 when it is missing or no number that a count
// can be.
func number(h http.Header, name string) float64 {
	n, err := strconv.ParseFloat(strings.TrimSpace(h.Get(name)), 64)
	if err != nil || math.IsNaN(n) || n < 0 || n > 1e9 {
		return -1
	}
	return n
}
