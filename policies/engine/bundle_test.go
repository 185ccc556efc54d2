package engine_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"

	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// keyPair is a private and a public key as PEM.
type keyPair struct{ private, public, algorithm string }

func encodePEM(t *testing.T, kind string, der []byte, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func rsaPair(t *testing.T) keyPair {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	return keyPair{encodePEM(t, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key), nil), encodePEM(t, "PUBLIC KEY", public, err), "RS256"}
}

func ecdsaPair(t *testing.T) keyPair {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	made := keyPair{private: encodePEM(t, "EC PRIVATE KEY", private, err), algorithm: "ES256"}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	made.public = encodePEM(t, "PUBLIC KEY", public, err)
	return made
}

// packBundle makes a bundle of some files, signed when there is a
// key.
func packBundle(t *testing.T, files map[string]string, key *keyPair, afterwards ...func(*bundle.Bundle)) []byte {
	t.Helper()
	b := bundle.Bundle{Data: map[string]any{}, Manifest: bundle.Manifest{Revision: "r1"}}
	b.Manifest.Init()
	for name, text := range files {
		b.Modules = append(b.Modules, bundle.ModuleFile{
			URL: name, Path: name, Raw: []byte(text), Parsed: ast.MustParseModuleWithOpts(text, ast.ParserOptions{RegoVersion: ast.RegoV1}),
		})
	}
	if key != nil {
		if err := b.GenerateSignature(bundle.NewSigningConfig(key.private, key.algorithm, ""), "release", false); err != nil {
			t.Fatal(err)
		}
	}
	for _, spoil := range afterwards {
		spoil(&b)
	}
	var packed bytes.Buffer
	if err := bundle.NewWriter(&packed).DisableFormat(true).Write(b); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func ownPolicies() map[string]string {
	policy := policyFile("story/shouting", `"It shouts."`, "\tinput.facts.active == true")
	return map[string]string{"/story/shouting.rego": string(policy.Data)}
}

func TestABundleIsASourceOfPolicies(t *testing.T) {
	for name, key := range map[string]*keyPair{"unsigned": nil, "RSA": ptr(rsaPair(t)), "ECDSA": ptr(ecdsaPair(t))} {
		t.Run(name, func(t *testing.T) {
			public := ""
			if key != nil {
				public = key.public
			}
			files, err := engine.ReadBundle(packBundle(t, ownPolicies(), key), public)
			if err != nil {
				t.Fatal(err)
			}
			library, err := engine.Load(t.Context(), policies.FS(), files)
			if err != nil {
				t.Fatal(err)
			}
			if _, there := library.Policy("story/shouting"); !there {
				t.Error("the bundle's policy is not there")
			}
		})
	}
}

func TestP16ABundleThatCannotBeTrustedIsRefused(t *testing.T) {
	ours, theirs := rsaPair(t), rsaPair(t)
	signed := packBundle(t, ownPolicies(), &ours)
	for name, test := range map[string]struct {
		packed []byte
		key    string
		want   string
	}{
		"signed by somebody else": {signed, theirs.public, "verify"},
		"not signed":              {packBundle(t, ownPolicies(), nil), ours.public, "signature"},
		"no key":                  {signed, "not a key", "key"},
		"cut":                     {signed[:len(signed)/2], ours.public, "EOF"},
		"no bundle":               {[]byte("<html>"), "", "archive read failed"},
		"no policies":             {packBundle(t, nil, nil), "", "it has no policies"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := engine.ReadBundle(test.packed, test.key)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want %q on one line", err, test.want)
			}
		})
	}
}

// A file that was changed after signing is not the one that was signed.
func TestAFileThatIsNotSignedIsRefused(t *testing.T) {
	key := rsaPair(t)
	packed := packBundle(t, ownPolicies(), &key, func(b *bundle.Bundle) { b.Modules[0].Raw = append(b.Modules[0].Raw, "# changed\n"...) })
	if _, err := engine.ReadBundle(packed, key.public); err == nil || !strings.Contains(err.Error(), "digest") {
		t.Errorf("got %v", err)
	}
}
