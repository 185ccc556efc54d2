package engine

import (
	"archive/zip"
	"bytes"
	"crypto/ecdsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
)

// maxUnpacked is the largest file of a bundle, in bytes.
const maxUnpacked = 4 << 20

// ReadBundle unpacks an OPA bundle (a packed tar, as `opa build` and `opa sign`
// make it, with the policies in the folders of Load). It must be signed by the
// owner of the key, an RSA or ECDSA public key as PEM; without a key, signatures
// are not checked. Data of the bundle is not used: policies have no data but
// their input.
func ReadBundle(packed []byte, key string) (fs.FS, error) {
	reader := bundle.NewReader(bytes.NewReader(packed)).
		WithRegoVersion(ast.RegoV1).WithSizeLimitBytes(maxUnpacked).WithProcessAnnotations(true)
	if key == "" {
		reader = reader.WithSkipBundleVerification(true)
	} else {
		reader = reader.WithBundleVerificationConfig(signedBy(key))
	}
	read, err := reader.Read()
	switch {
	case err != nil:
		return nil, fmt.Errorf("read bundle: %w", oneLine{err})
	case len(read.Modules) == 0:
		return nil, errors.New("read bundle: it has no policies")
	}
	return inMemory(read.Modules)
}

// signedBy accepts one key, by whatever name the signature gives it.
func signedBy(key string) *bundle.VerificationConfig {
	const name = "key"
	algorithm := "RS256"
	if isECDSA(key) {
		algorithm = "ES256"
	}
	keys := map[string]*bundle.KeyConfig{name: {Key: key, Algorithm: algorithm}}
	return bundle.NewVerificationConfig(keys, name, "", nil)
}

// isECDSA reports whether a public key is one of an elliptic curve.
func isECDSA(text string) bool {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return false
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	_, elliptic := key.(*ecdsa.PublicKey)
	return err == nil && elliptic
}

// inMemory is a file system of some modules.
func inMemory(modules []bundle.ModuleFile) (fs.FS, error) {
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	for _, m := range modules {
		file, err := writer.CreateHeader(&zip.FileHeader{Name: strings.TrimPrefix(m.Path, "/"), Method: zip.Store})
		if err == nil {
			_, err = file.Write(m.Raw)
		}
		if err != nil {
			return nil, fmt.Errorf("read bundle: %w", err)
		}
	}
	if err := writer.Close(); err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	return zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
}
