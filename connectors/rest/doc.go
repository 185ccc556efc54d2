// Package rest is the HTTP stack under every connector: the vendors' clients
// are given its http.Client and speak their API, and what a client of somebody
// else's server must not get wrong happens here, once.
//
// A request goes down through three layers. The front (client.go) lets only
// requests to the connection's own host pass. The middle (retry.go) repeats
// reads that failed for a passing reason; a write is sent exactly once, because
// nobody can tell from a lost answer whether it was applied. The bottom
// (attempt.go) waits for the pace, adds the credentials, sends, and reads the
// whole answer inside one deadline.
//
// Going up, an answer is either usable (2xx with JSON, or with nothing) or an
// *Error. Sign-in pages in all their guises become an error that wraps
// backlog.ErrUnauthorized; they are never taken for an empty result.
package rest
