package rest

import (
	"net/http"

	"github.com/trackwarden/trackwarden/backlog"
)

// Outcome says what became of a write, by its error. No error is applied. A
// 4xx was looked at and refused, except 408. What never left for the server
// is refused as throttled: sending it later is right. Everything else is
// unknown, and only reading can tell.
func Outcome(err error) backlog.Receipt {
	if err == nil {
		return backlog.Receipt{Outcome: backlog.Applied}
	}
	receipt := backlog.Receipt{Outcome: backlog.Unknown, Reason: err.Error()}
	e, ok := AsError(err)
	if !ok {
		return receipt
	}
	receipt.Reason, receipt.RequestID = e.Error(), e.RequestID
	refusal, refused := refusalOf(e)
	if refused {
		receipt.Outcome, receipt.Refusal = backlog.Refused, refusal
	}
	return receipt
}

func refusalOf(e *Error) (backlog.Refusal, bool) {
	switch e.Status {
	case 0:
		return backlog.Throttled, !e.Sent
	case http.StatusUnauthorized:
		return backlog.Unauthorized, true
	case http.StatusForbidden:
		return backlog.Denied, true
	case http.StatusNotFound, http.StatusGone:
		return backlog.Absent, true
	case http.StatusConflict, http.StatusPreconditionFailed:
		return backlog.Stale, true
	case http.StatusTooManyRequests:
		return backlog.Throttled, true
	case http.StatusRequestTimeout:
		return "", false
	}
	return backlog.Invalid, e.Status >= 400 && e.Status < 500
}
