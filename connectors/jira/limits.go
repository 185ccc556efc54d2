package jira

import (
	"net/http"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Limits are Jira Cloud's published ones (its page on rate limiting), so that
// the HTTP stack keeps them without being told by a refusal: writes on one
// issue, and requests to one endpoint. A site that is nobody else's may leave
// out the latter.
func Limits(own bool) rest.Limits {
	limits := rest.Limits{
		Item:    issueOf,
		PerItem: []rest.Window{{Most: 20, In: 2 * time.Second}, {Most: 100, In: 30 * time.Second}},
	}
	if !own {
		limits.Endpoint = map[string]float64{http.MethodGet: 100, http.MethodPost: 100, http.MethodPut: 50, http.MethodDelete: 50}
	}
	return limits
}

// issueOf is the issue that a path is about: ".../issue/10001/comment".
func issueOf(path string) string {
	_, after, _ := strings.Cut(path, "/issue/")
	id, _, _ := strings.Cut(after, "/")
	return id
}
