package rest

import (
	"context"
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
		CheckRetry:   again,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}}
}

func again(_ context.Context, _ *http.Response, err error) (bool, error) {
	e, ok := AsError(err)
	return ok && e.again, nil
}

// backoff doubles with each attempt, up to longest, and is shaken so that
// clients that failed together do not return together. A longer pause that the
// tracker asked for is the gate's business.
func backoff(shortest, longest time.Duration, attempt int, _ *http.Response) time.Duration {
	wait := longest
	if attempt < 16 {
		wait = min(shortest<<attempt, longest)
	}
	return wait/2 + rand.N(wait/2+1)
}

func hasSuffix(path string, suffixes []string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(path, s) {
			return true
		}
	}
	return false
}
