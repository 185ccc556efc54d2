package rest

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// newRetry builds the middle layer. The bottom layer turns everything that
// cannot be used into an *Error that already knows whether the request may be
// sent again, and that is never so for a write.
func (c *Client) newRetry() *retryablehttp.RoundTripper {
	return &retryablehttp.RoundTripper{Client: &retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: bottom{c}, CheckRedirect: refuseRedirect},
		RetryWaitMin: c.settings.MinBackoff,
		RetryWaitMax: c.settings.MaxWait,
		RetryMax:     max(c.settings.Retries, 0),
		CheckRetry:   c.again,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}}
}

// again says whether a request is sent once more. What the tracker asked for by
// a 429 is no load that it did not want; everything else comes from the budget.
func (c *Client) again(_ context.Context, _ *http.Response, err error) (bool, error) {
	e, ok := AsError(err)
	return ok && e.again && (e.Status == http.StatusTooManyRequests || c.budget.spend()), nil
}

// backoff is at most twice as long with each attempt, up to longest, and
// anything below it (full jitter), so that clients that failed together do not
// return together. A longer pause that the tracker asked for is the gate's
// business.
func backoff(shortest, longest time.Duration, attempt int, _ *http.Response) time.Duration {
	wait := longest
	if attempt < 16 {
		wait = min(shortest<<attempt, longest)
	}
	return rand.N(wait + 1)
}

// health is what the end of a request tells of the tracker.
func health(err error) result {
	e, ok := AsError(err)
	switch {
	case err == nil:
		return alive
	case !ok || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errForbiddenNetwork):
		return neutral
	case e.Status == 0, e.Status == http.StatusRequestTimeout, e.Status >= 500 && e.Status != http.StatusNotImplemented:
		return failing
	}
	return alive // it knows what it refuses
}

// summary is the end of a request in a few words.
func summary(err error) string {
	e, ok := AsError(err)
	switch {
	case !ok:
		return ""
	case e.Status != 0:
		return http.StatusText(e.Status)
	}
	return e.Err.Error()
}

func hasSuffix(path string, suffixes []string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(path, s) {
			return true
		}
	}
	return false
}
