package rest

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// credential is what one request was sent with.
type credential struct {
	header string   // value of Authorization
	hide   []string // every spelling that must not be shown
}

const hidden = "[redacted]"

// credential asks for the token anew.
func (c *Client) credential() (credential, error) {
	token, err := c.settings.Token()
	if err != nil {
		return credential{}, err
	}
	token = strings.TrimSpace(token) // a file ends with a newline
	if c.settings.User == "" && (!c.settings.BasicPAT || isJWT(token)) {
		return credential{"Bearer " + token, spellings(token)}, nil
	}
	pair := base64.StdEncoding.EncodeToString([]byte(c.settings.User + ":" + token))
	return credential{"Basic " + pair, append(spellings(token), pair)}, nil
}

// isJWT reports whether a token is a JSON Web Token, as Microsoft Entra issues
// them: such a one is always a bearer token.
func isJWT(token string) bool {
	return strings.HasPrefix(token, "eyJ") && strings.Count(token, ".") == 2
}

// No real token is shorter; cutting out a shorter one would spoil ordinary
// words.
const shortestToken = 6

func spellings(token string) []string {
	if len(token) < shortestToken {
		return nil
	}
	return []string{token, url.QueryEscape(token), url.PathEscape(token)}
}

// clean cuts the credential out of a text.
func (k credential) clean(text string) string {
	for _, s := range k.hide {
		text = strings.ReplaceAll(text, s, hidden)
	}
	return text
}

func (k credential) cleanHeader(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		if name == "Set-Cookie" {
			continue // a session is a credential too
		}
		for _, v := range values {
			out.Add(k.clean(name), k.clean(v))
		}
	}
	return out
}

// cleanError hides the credential in a cause's text; the cause stays
// recognizable.
func (k credential) cleanError(err error) error {
	if err == nil || k.clean(err.Error()) == err.Error() {
		return err
	}
	return &cleaned{k.clean(err.Error()), err}
}

type cleaned struct {
	text  string
	cause error
}

func (c *cleaned) Error() string { return c.text }

// Is looks into the cause, which is not unwrapped: its text must not get out.
func (c *cleaned) Is(target error) bool { return errors.Is(c.cause, target) }
