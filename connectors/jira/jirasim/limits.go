package jirasim

import (
	"net/http"
	"strconv"
	"time"
)

// burst is how many writes one issue takes within a span of time.
type burst struct {
	writes int
	span   time.Duration
}

// perIssue are Jira Cloud's limits for writes to a single issue.
func perIssue() []burst { return []burst{{20, 2 * time.Second}, {100, 30 * time.Second}} }

// admit counts a write to the issue through the API, or refuses it with the 429
// that Jira Cloud sends when one issue is written too often.
func (c *call) admit(i *issue) *reply {
	if c.datacenter() {
		return nil
	}
	now := c.now()
	for _, limit := range perIssue() {
		recent := since(i.writes, now.Add(-limit.span))
		if len(recent) >= limit.writes {
			return new(tooMany(limit, recent[0].Add(limit.span), now))
		}
	}
	c.keep(i)
	i.writes = append(since(i.writes, now.Add(-30*time.Second)), now)
	return nil
}

// since drops the times that are not after t.
func since(times []time.Time, t time.Time) []time.Time {
	for len(times) > 0 && !times[0].After(t) {
		times = times[1:]
	}
	return times
}

func tooMany(limit burst, free, now time.Time) reply {
	seconds := max(1, int((free.Sub(now)+time.Second-1)/time.Second))
	r := fault(http.StatusTooManyRequests, "Rate limit exceeded.")
	r.header = map[string]string{
		"Retry-After":           strconv.Itoa(seconds),
		"X-RateLimit-Limit":     strconv.Itoa(limit.writes),
		"X-RateLimit-Remaining": "0",
		"X-RateLimit-Reset":     free.UTC().Format(time.RFC3339),
		"RateLimit-Reason":      "jira-per-issue-on-write",
	}
	return r
}
