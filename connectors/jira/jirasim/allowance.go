package jirasim

import (
	"net/http"
	"strconv"
	"time"
)

// allowance is a Data Center's rate limit: tokens of the account, filled again
// in each interval.
type allowance struct {
	tokens int
	filled time.Time
}

// The usual numbers: tokens, how many come back, and how often in seconds.
const (
	allowanceSize = 500
	fillRate      = 50
	fillSeconds   = 5
)

// allow takes a token, or refuses with 429 when none is left. Without
// Settings.Allowance there is no end of tokens. The headers are on every answer
// to somebody who is signed in, Retry-After: 0 while all is well.
func (c *call) allow(header http.Header) *reply {
	limit, left, wait := allowanceSize, allowanceSize-1, 0
	if c.settings.Allowance > 0 {
		limit = c.settings.Allowance
		left, wait = c.World.allowance.take(limit, c.now())
	}
	header.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(left))
	header.Set("X-RateLimit-FillRate", strconv.Itoa(fillRate))
	header.Set("X-RateLimit-Interval-Seconds", strconv.Itoa(fillSeconds))
	header.Set("Retry-After", strconv.Itoa(wait))
	if wait > 0 {
		return &reply{status: http.StatusTooManyRequests, body: object{"message": "Rate limit exceeded.", "status-code": http.StatusTooManyRequests}}
	}
	return nil
}

// take returns the tokens left and, when there was none, the seconds to wait.
func (a *allowance) take(limit int, now time.Time) (left, wait int) {
	const interval = fillSeconds * time.Second
	if a.filled.IsZero() {
		a.tokens, a.filled = limit, now
	}
	if passed := int(now.Sub(a.filled) / interval); passed > 0 {
		a.tokens = min(limit, a.tokens+passed*fillRate)
		a.filled = a.filled.Add(time.Duration(passed) * interval)
	}
	if a.tokens == 0 {
		return 0, int((a.filled.Add(interval).Sub(now) + time.Second - 1) / time.Second)
	}
	a.tokens--
	return a.tokens, 0
}
