package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// Secret says where a secret is found: in an environment variable or in a
// file. It never holds the secret, so printing it in whatever way shows only
// the place.
type Secret struct {
	// Name of an environment variable.
	Env string `yaml:"env,omitempty"`
	// Path of a file, from this file's folder on.
	File string `yaml:"file,omitempty"`

	lookup func(string) (string, bool)
	folder string
}

const maxSecret = 64 << 10 // bytes; no token is longer

// envName refuses what looks like a token written in the wrong place: its
// value would otherwise be repeated as a variable's name.
var envName = regexp.MustCompile(`^[A-Z_][A-Z0-9_]{0,63}$`)

const howToSecret = "write {env: NAME} with the name of an environment variable, or {file: PATH}"

// UnmarshalYAML reads the place and refuses a secret written out.
func (s *Secret) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode {
		return atLine(node, "a secret must not stand in this file: "+howToSecret+", and replace this token, it may have been seen")
	}
	type plain Secret
	return node.Decode((*plain)(s))
}

// Read returns the secret as it is now, without surrounding white space.
func (s Secret) Read() (string, error) {
	value, err := s.read()
	if err == nil && value == "" {
		err = fmt.Errorf("%s is empty: put the token there", s.place())
	}
	if err != nil {
		return "", &SecretError{err}
	}
	return value, nil
}

// SecretError says where a secret was looked for, why it was not found, and
// what to do.
type SecretError struct{ Err error }

// Error never holds the secret.
func (e *SecretError) Error() string { return "read secret: " + e.Err.Error() }

// Unwrap is the error of looking.
func (e *SecretError) Unwrap() error { return e.Err }

func (s Secret) read() (string, error) {
	if s.File != "" {
		return readSecretFile(s.path())
	}
	lookup := s.lookup
	if lookup == nil {
		lookup = os.LookupEnv
	}
	value, ok := lookup(s.Env)
	if !ok {
		return "", fmt.Errorf("%s is not set: export it, or use {file: PATH}", s.place())
	}
	return string(bytes.TrimSpace([]byte(value))), nil
}

func (s Secret) path() string {
	if filepath.IsAbs(s.File) {
		return s.File
	}
	return filepath.Join(s.folder, s.File)
}

func readSecretFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("%w: put the token there, where this user may read it", err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", err
	}
	if len(content) > maxSecret {
		return "", errors.New(path + " is too large to be a secret")
	}
	return string(bytes.TrimSpace(content)), nil
}

// place names where the secret is, for people.
func (s Secret) place() string {
	if s.File != "" {
		return "file " + s.path()
	}
	return "environment variable " + s.Env
}

// String shows the place.
func (s Secret) String() string {
	switch {
	case s.Env != "":
		return "{env: " + s.Env + "}"
	case s.File != "":
		return "{file: " + s.File + "}"
	}
	return "{}"
}

// GoString shows the place.
func (s Secret) GoString() string { return s.String() }

// Format shows the place for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue shows the place.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalYAML writes the place.
func (s Secret) MarshalYAML() (any, error) {
	return struct {
		Env  string `yaml:"env,omitempty"`
		File string `yaml:"file,omitempty"`
	}{s.Env, s.File}, nil
}

// MarshalJSON writes the place.
func (s Secret) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%q", s.String()), nil }
