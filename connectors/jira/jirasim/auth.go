package jirasim

import (
	"net/http"
	"strings"
)

// Guise is how the site treats the credentials.
type Guise string

// The guises. Accepted credentials work. The others are the ways in which Jira
// Cloud has been seen to refuse: 401; 200 as nobody, with empty results and a
// header that tells; a redirect to the sign-in page.
const (
	Accepted     Guise = ""
	Unauthorized Guise = "unauthorized"
	Nobody       Guise = "nobody"
	SignIn       Guise = "sign-in"
)

// Refuse makes the site treat right credentials so from now on, as when a token
// has expired.
func (w *World) Refuse(g Guise) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.guise = g
}

// loginReason is the header by which Jira tells that a sign-in failed.
const loginReason = "X-Seraph-LoginReason"

// userName is the header by which a Data Center tells whom it takes the caller for.
const userName = "X-AUSERNAME"

// signIn finds out who calls. Without credentials the caller is nobody; wrong
// ones are refused.
func (c *call) signIn(header http.Header) *reply {
	guise := c.guise
	switch {
	case c.r.Header.Get("Authorization") == "":
		c.anonymous = true
		return nil
	case !c.credentials() && c.datacenter():
		guise = Nobody // in silence
	case !c.credentials():
		guise = Unauthorized
	}
	switch guise {
	case Unauthorized:
		header.Set(loginReason, "AUTHENTICATED_FAILED")
		return new(unauthorized())
	case Nobody:
		c.anonymous, c.failed = true, true
		if c.datacenter() {
			header.Set(userName, "anonymous")
			return nil
		}
		header.Set(loginReason, "AUTHENTICATED_FAILED")
	case SignIn:
		return &reply{status: http.StatusFound, header: map[string]string{"Location": c.settings.BaseURL + "/login?dest-url=%2F"}}
	case Accepted:
		if c.datacenter() {
			header.Set(userName, c.site.users[c.settings.Account].login())
			return c.allow(header)
		}
	}
	return nil
}

// credentials says whether the caller knows the token: Basic with the user, or
// Bearer. The personal access token of a Data Center is Bearer only.
func (c *call) credentials() bool {
	user, token, basic := c.r.BasicAuth()
	if basic && c.datacenter() {
		return false
	}
	if !basic {
		var bearer bool
		token, bearer = strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
		return bearer && (c.settings.Token == "" || token == c.settings.Token)
	}
	if c.settings.User == "" || !strings.EqualFold(user, c.settings.User) {
		return c.settings.User == "" && c.settings.Token == ""
	}
	return c.settings.Token == "" || token == c.settings.Token
}

// unauthorized is Jira Cloud's 401.
func unauthorized() reply {
	return reply{
		status: http.StatusUnauthorized, header: map[string]string{"WWW-Authenticate": `OAuth realm="https%3A%2F%2Fexample.atlassian.net"`},
		body: object{"message": "Client must be authenticated to access this resource.", "status-code": http.StatusUnauthorized},
	}
}

// tenantInfo answers without credentials.
func (w *World) tenantInfo(rw http.ResponseWriter, _ *http.Request) {
	ok(object{"cloudId": w.settings.CloudID}).write(rw)
}
