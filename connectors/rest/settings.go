package rest

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Settings describe the HTTP stack of one connection.
type Settings struct {
	// BaseURL is the site: https://shop.atlassian.net, https://dev.azure.com/org.
	// Only its scheme, host and port are ever spoken to. Plain http is accepted
	// for loopback hosts only.
	BaseURL string
	// User is the user of Basic authentication. Without it the token is sent
	// as Bearer, unless BasicPAT asks for Basic with an empty user, which is
	// Azure DevOps' way with personal access tokens. A JSON Web Token is sent
	// as Bearer all the same.
	User     string
	BasicPAT bool
	// Token is asked for each request, so that a rotated file is seen. Its
	// answer is never logged and is cut out of every error.
	Token     func() (string, error)
	UserAgent string

	Timeout time.Duration // for one request with its whole answer; 60 s when zero
	MaxBody int64         // longest answer in bytes, after decompression; 64 MiB when zero

	Rate  float64 // requests per second; 20 when zero
	Burst int     // requests that may leave at once; 10 when zero
	// MaxWait is how long a request is kept waiting at most, and the longest
	// backoff; 5 min when zero. When the tracker asks to wait for longer, the
	// request fails at once with a Paused, and none leaves before the end.
	MaxWait time.Duration
	Gate    Gate   // shares pauses with other processes; nil: there are none
	Limits  Limits // that the vendor has published

	// AllowNetworks are the networks outside the public internet that the host's
	// name may lead to: where a tracker on premises is. An address or localhost
	// in BaseURL needs none.
	AllowNetworks []netip.Prefix

	Retries    int           // how often a failed read is sent again; 4 when zero, none when negative
	MinBackoff time.Duration // wait before the first retry, doubled each time; 500 ms when zero
	// ReadPOST lists path suffixes of POSTs that only read ("/search/jql",
	// "/wiql") and are therefore retried like a GET.
	ReadPOST []string

	// Verify is the connector's own check of an answer before it is used; it
	// may read the body. Its error may wrap backlog.ErrUnauthorized.
	Verify func(*http.Response) error
}

func (s Settings) withDefaults() Settings {
	setDefault(&s.Timeout, time.Minute)
	setDefault(&s.MaxBody, 64<<20)
	setDefault(&s.Rate, 20)
	setDefault(&s.Burst, 10)
	setDefault(&s.MaxWait, 5*time.Minute)
	setDefault(&s.Retries, 4)
	setDefault(&s.MinBackoff, 500*time.Millisecond)
	return s
}

func setDefault[T comparable](v *T, value T) {
	var zero T
	if *v == zero {
		*v = value
	}
}

// base checks the settings that could send a credential astray.
func (s Settings) base() (*url.URL, error) {
	if s.Token == nil {
		return nil, errors.New("no token is configured")
	}
	u, err := url.Parse(s.BaseURL)
	if err != nil {
		return nil, errors.New("the url cannot be read") // the cause would quote a password in it
	}
	switch {
	case u.Hostname() == "":
		return nil, fmt.Errorf("url %q names no host; write it like https://shop.example", u.Redacted())
	case u.User != nil:
		return nil, fmt.Errorf("url of %s holds a user or password; they belong into auth", u.Host)
	case u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("url of %s holds a query or fragment; leave them out", u.Host)
	case u.Scheme == "https", u.Scheme == "http" && loopback(u.Hostname()):
		return u, nil
	default:
		return nil, fmt.Errorf("url %q must begin with https:// (plain http only on loopback)", s.BaseURL)
	}
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// origin is what a credential is bound to: scheme, host and port.
func origin(u *url.URL) string { return u.Scheme + "://" + hostPort(u) }

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}
