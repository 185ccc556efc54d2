package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/policies/engine"
)

// maxBundle is the largest bundle that is read, in bytes, packed.
const maxBundle = 16 << 20

// patience is how long fetching one bundle may take.
const patience = time.Minute

// Settings say where a bundle is and who may have made it.
type Settings struct {
	URL    string                 // https://HOST/PATH, or oci://HOST/REPOSITORY:TAG
	User   string                 // for a registry that wants a name beside the token; may be empty
	Token  func() (string, error) // nil: none is sent
	Key    string                 // the public key of who signs it, PEM; empty: signatures are not checked
	Folder string                 // where the last good bundle is kept
	Client *http.Client           // nil: a new one
}

// Source is one bundle. It is not safe for use by several goroutines.
type Source struct {
	settings Settings
	version  string // what the server called the bundle that we have; empty: we have none
	packed   []byte
}

// New is a source that has nothing yet.
func New(settings Settings) *Source {
	if settings.Client == nil {
		settings.Client = newClient()
	}
	return &Source{settings: settings}
}

// newClient asks only where it was told to: a redirect could lead the token
// elsewhere.
func newClient() *http.Client {
	return &http.Client{
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Load fetches the bundle if it has changed, and reads it. When that fails, the
// last good one is read instead, and the error says what failed: files and an
// error together mean that these are the old ones. Changed says that they are
// not those of the last call.
func (s *Source) Load(ctx context.Context) (files fs.FS, changed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	first := s.packed == nil
	got, err := s.fetch(ctx)
	if err == nil && got.packed != nil {
		if files, err = s.read(got.packed); err == nil {
			s.version, s.packed = got.version, got.packed
			return files, true, nil
		}
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", s.settings.URL, err)
	}
	if first {
		if s.packed, _ = os.ReadFile(s.kept()); s.packed == nil {
			return nil, false, err
		}
	}
	files, readErr := s.read(s.packed)
	return files, first, errors.Join(err, readErr)
}

// Last goes back to the bundle that was kept, until another one comes; no files
// when there is none.
func (s *Source) Last() (fs.FS, error) {
	packed, err := os.ReadFile(s.kept())
	if err != nil {
		return nil, fmt.Errorf("read kept policies: %w", err)
	}
	files, err := s.read(packed)
	if err == nil {
		s.packed = packed
	}
	return files, err
}

// fetched is a bundle as it came; without bytes it is the one that we have.
type fetched struct {
	version string
	packed  []byte
}

func (s *Source) fetch(ctx context.Context) (fetched, error) {
	if reference, ok := strings.CutPrefix(s.settings.URL, "oci://"); ok {
		return s.pull(ctx, reference)
	}
	return s.download(ctx)
}

func (s *Source) token() (string, error) {
	if s.settings.Token == nil {
		return "", nil
	}
	token, err := s.settings.Token()
	if err != nil {
		return "", fmt.Errorf("read token: %w", err)
	}
	return token, nil
}

func (s *Source) read(packed []byte) (fs.FS, error) {
	return engine.ReadBundle(packed, s.settings.Key)
}

// kept is the file of the last good bundle. Its signature is checked again when
// it is read.
func (s *Source) kept() string {
	sum := sha256.Sum256([]byte(s.settings.URL))
	return filepath.Join(s.settings.Folder, hex.EncodeToString(sum[:8])+".tar.gz")
}

// Keep keeps the bundle that was loaded last as the last good one. Whoever has
// compiled it calls this: a signature does not make a bundle right.
func (s *Source) Keep() error {
	if err := os.MkdirAll(s.settings.Folder, 0o755); err != nil {
		return fmt.Errorf("keep policies: %w", err)
	}
	next := s.kept() + ".next"
	if err := os.WriteFile(next, s.packed, 0o600); err != nil {
		return fmt.Errorf("keep policies: %w", err)
	}
	if err := os.Rename(next, s.kept()); err != nil {
		return fmt.Errorf("keep policies: %w", err)
	}
	return nil
}
