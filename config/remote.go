package config

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// Remote is an OPA bundle with policies of your own, fetched from elsewhere. It
// is asked for again on every poll; while it cannot be read or does not
// compile, the last good one holds.
type Remote struct {
	// https://HOST/PATH of the bundle, or oci://HOST/REPOSITORY:TAG.
	URL string `yaml:"url" validate:"required" jsonschema:"required"`
	// File with the public key of who signs the bundle, PEM, from this file's folder on.
	Key string `yaml:"key,omitempty"`
	// True takes a bundle that nobody signed.
	Unsigned bool `yaml:"unsigned,omitempty"`
	// The user, for a registry that wants one beside the token.
	User string `yaml:"user,omitempty"`
	// The token that the server wants.
	Token *Secret `yaml:"token,omitempty"`
	// How often it is asked for.
	Poll Duration `yaml:"poll,omitempty" jsonschema:"default=5m"`
}

const (
	defaultRemotePoll = Duration(5 * time.Minute)
	leastRemotePoll   = Duration(10 * time.Second)
)

// PublicKey reads the key of who signs the bundle; empty for an unsigned one.
func (r Remote) PublicKey(c *Config) (string, error) {
	if r.Key == "" {
		return "", nil
	}
	path := r.Key
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.folder(), path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read public key: %w", err)
	}
	return string(text), nil
}

// ReadToken returns the token; nil when the server wants none.
func (r Remote) ReadToken() func() (string, error) {
	if r.Token == nil {
		return nil
	}
	return r.Token.Read
}

func (k *check) remotes(known Problems) {
	for i, r := range k.c.Policies.Remote {
		path := index("policies.remote", i)
		k.bundleAddress(path+".url", r)
		if r.Token != nil {
			k.secret(path+".token", *r.Token, known)
		}
		switch {
		case r.Key == "" && !r.Unsigned:
			k.problem(path, "%s.key is missing: name the file with the public key of who signs the bundle, or write unsigned: true", path)
		case r.Key != "" && r.Unsigned:
			k.problem(path+".unsigned", "%s has a key and unsigned: keep one", path)
		}
		if r.Poll != 0 && r.Poll < leastRemotePoll {
			k.problem(path+".poll", "%s.poll must be at least %s", path, leastRemotePoll)
		}
	}
}

func (k *check) bundleAddress(path string, r Remote) {
	u, err := url.Parse(r.URL)
	switch {
	case r.URL == "": // told as missing
	case err != nil || u.Host == "":
		k.problem(path, "%s must be an address such as https://policies.example/bundle.tar.gz or oci://registry.example/policies:stable", path)
	case u.User != nil:
		k.problem(path, "%s must hold no user or password: use user and token instead, and replace the password, it may have been seen", path)
	case u.Scheme != "https" && u.Scheme != "oci" && (u.Scheme != "http" || !Loopback(u.Hostname())):
		k.problem(path, "%s must begin with https:// or oci://", path)
	}
}
