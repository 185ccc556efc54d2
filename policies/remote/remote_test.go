package remote_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/registry"
	"github.com/opencontainers/go-digest"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"

	"github.com/trackwarden/trackwarden/policies/remote"
)

// packed is an unsigned bundle of one policy.
func packed(t *testing.T, name string) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	tarred := tar.NewWriter(zipped)
	text := "package trackwarden.story\n"
	if err := tarred.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text)), Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(tarred, text)
	_ = tarred.Close()
	_ = zipped.Close()
	return out.Bytes()
}

func names(t *testing.T, files fs.FS) string {
	t.Helper()
	if files == nil {
		return ""
	}
	all, err := fs.Glob(files, "*/*.rego")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// server is a web server that gives one bundle, knows entity tags, and wants a
// token.
type server struct {
	*httptest.Server
	body   []byte
	status int
	sent   int // how often the bundle left
}

func serve(t *testing.T) *server {
	s := &server{status: http.StatusOK}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf("%q", digest.FromBytes(s.body).Encoded()[:8])
		switch {
		case r.Header.Get("Authorization") != "Bearer secret":
			w.WriteHeader(http.StatusUnauthorized)
		case s.status != http.StatusOK:
			http.Redirect(w, r, "/elsewhere", s.status)
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			s.sent++
			w.Header().Set("ETag", tag)
			_, _ = w.Write(s.body)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) settings(t *testing.T) remote.Settings {
	client := s.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return remote.Settings{
		URL: s.URL + "/policies.tar.gz", Token: func() (string, error) { return "secret", nil }, Folder: t.TempDir(), Client: client,
	}
}

func TestABundleIsFetchedOnlyWhenItChanged(t *testing.T) {
	s := serve(t)
	s.body = packed(t, "/story/one.rego")
	source := remote.New(s.settings(t))
	for i, want := range []struct {
		body    []byte
		names   string
		changed bool
		sent    int
	}{
		{s.body, "story/one.rego", true, 1},
		{s.body, "story/one.rego", false, 1},
		{packed(t, "/story/two.rego"), "story/two.rego", true, 2},
	} {
		s.body = want.body
		files, changed, err := source.Load(t.Context())
		if err != nil || names(t, files) != want.names || changed != want.changed || s.sent != want.sent {
			t.Errorf("call %d: %s, changed %v, sent %d, %v", i, names(t, files), changed, s.sent, err)
		}
	}
}

// A server that is away, a broken bundle, a redirect and a refused token leave
// the last good one in place, also in the next process.
func TestTheLastGoodBundleStays(t *testing.T) {
	s := serve(t)
	settings := s.settings(t)
	s.body = packed(t, "/story/good.rego")
	source := remote.New(settings)
	if _, _, err := source.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := source.Keep(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(){
		"broken":   func() { s.body = []byte("<html>") },
		"empty":    func() { s.body = nil },
		"too big":  func() { s.body = make([]byte, 17<<20) },
		"redirect": func() { s.status = http.StatusFound },
		"away":     func() { s.status = http.StatusBadGateway },
	} {
		s.body, s.status = packed(t, "/story/good.rego"), http.StatusOK
		spoil()
		for process, source := range map[string]*remote.Source{"same": source, "next": remote.New(settings)} {
			files, changed, err := source.Load(t.Context())
			if err == nil || names(t, files) != "story/good.rego" || changed != (process == "next") {
				t.Errorf("%s in the %s process: %q, changed %v, %v", name, process, names(t, files), changed, err)
			}
		}
	}
}

func TestWithoutAGoodBundleThereIsNone(t *testing.T) {
	s := serve(t)
	s.body = packed(t, "/story/one.rego")
	unsigned := s.settings(t)
	unsigned.Key = "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"
	denied := s.settings(t)
	denied.Token = func() (string, error) { return "other", nil }
	for name, settings := range map[string]remote.Settings{"not signed": unsigned, "token refused": denied} {
		files, _, err := remote.New(settings).Load(t.Context())
		if err == nil || files != nil {
			t.Errorf("%s: %v, %v", name, files, err)
		}
		if strings.Contains(fmt.Sprint(err), "other") {
			t.Errorf("%s: the error tells the token: %v", name, err)
		}
	}
}

// push puts an artifact under a tag, as a client of the registry would.
func push(t *testing.T, url, tag, mediaType string, layer []byte) {
	t.Helper()
	put := func(path, contentType string, body []byte) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url+path, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", contentType)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("%s: %s", path, resp.Status)
		}
	}
	blob := func(body []byte) string {
		resp, err := http.Post(url+"/v2/policies/blobs/uploads/?digest="+digest.FromBytes(body).String(), "application/octet-stream", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("blob: %s", resp.Status)
		}
		return digest.FromBytes(body).String()
	}
	config := []byte("{}")
	manifest := fmt.Sprintf(`{"schemaVersion":2,"mediaType":%q,"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":%q,"size":2},
		"layers":[{"mediaType":%q,"digest":%q,"size":%d}]}`, ocispec.MediaTypeImageManifest, blob(config), mediaType, blob(layer), len(layer))
	put("/v2/policies/manifests/"+tag, ocispec.MediaTypeImageManifest, []byte(manifest))
}

func TestABundleComesFromARegistry(t *testing.T) {
	asked := map[string]int{}
	handler := registry.New(registry.Logger(log.New(io.Discard, "", 0)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.Method]++
		handler.ServeHTTP(w, r)
	}))
	defer server.Close()
	address := "oci://" + strings.TrimPrefix(server.URL, "http://") + "/policies:stable"
	push(t, server.URL, "stable", ocispec.MediaTypeImageLayerGzip, packed(t, "/story/one.rego"))

	source := remote.New(remote.Settings{URL: address, Folder: t.TempDir()})
	files, changed, err := source.Load(t.Context())
	if err != nil || !changed || names(t, files) != "story/one.rego" {
		t.Fatalf("%q, changed %v, %v", names(t, files), changed, err)
	}
	clear(asked)
	if _, changed, err = source.Load(t.Context()); err != nil || changed || asked[http.MethodGet] != 0 || asked[http.MethodHead] != 1 {
		t.Errorf("a tag that did not move: changed %v, %v, asked %v", changed, err, asked)
	}
	push(t, server.URL, "stable", ocispec.MediaTypeImageLayerGzip, packed(t, "/story/two.rego"))
	if files, changed, err = source.Load(t.Context()); err != nil || !changed || names(t, files) != "story/two.rego" {
		t.Errorf("a tag that moved: %q, changed %v, %v", names(t, files), changed, err)
	}
	push(t, server.URL, "stable", "text/plain", []byte("no bundle"))
	if files, changed, err = source.Load(t.Context()); err == nil || changed || names(t, files) != "story/two.rego" {
		t.Errorf("something else under the tag: %q, changed %v, %v", names(t, files), changed, err)
	}
}
