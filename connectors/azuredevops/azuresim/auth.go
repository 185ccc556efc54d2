package azuresim

import (
	"net/http"
	"strings"
)

const signInPage = `<!DOCTYPE html>
<html lang="en-US"><head><title>Azure DevOps Services | Sign In</title></head>
<body><div id="main">Sign in to your account</div></body></html>
`

// authorised holds the request's credentials against the accepted token: Basic
// with an empty user, or a bearer token.
func (w *World) authorised(r *http.Request) bool {
	user, token, basic := r.BasicAuth()
	if !basic {
		token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	}
	if user != "" || token == "" {
		return false
	}
	return w.settings.Token == "" || token == w.settings.Token
}

// signIn refuses a request without a good token: a reader is sent to the page
// where people sign in, a writer is told.
func (w *World) signIn(rw http.ResponseWriter, r *http.Request) {
	reads := r.Method == http.MethodGet || r.Method == http.MethodOptions || r.Method == http.MethodHead
	switch {
	case !reads, w.settings.SignIn == SignInRefused:
		rw.Header().Set("WWW-Authenticate", `Basic realm="https://tfsprodeus2.visualstudio.com/"`)
		rw.WriteHeader(http.StatusUnauthorized)
		return
	case w.settings.SignIn == SignInRedirect:
		rw.Header().Set("Location", "https://spsprodeus2.vssps.visualstudio.com/_signin?realm=dev.azure.com")
		rw.WriteHeader(http.StatusFound)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.WriteHeader(http.StatusNonAuthoritativeInfo)
	_, _ = rw.Write([]byte(signInPage)) // the reader may have gone
}
