package remote

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"strings"

	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2/content"
	"oras.land/oras-go/v2/registry/remote"
	"oras.land/oras-go/v2/registry/remote/auth"
)

// maxManifest is the largest manifest that is read, in bytes.
const maxManifest = 4 << 20

// pull asks a registry for the layer that holds the bundle, as OPA's own
// commands push it: the first layer that is a packed tar. The digest of the
// manifest is its version, so a tag that was not moved costs one request.
func (s *Source) pull(ctx context.Context, reference string) (fetched, error) {
	repository, err := s.repository(reference)
	if err != nil {
		return fetched{}, err
	}
	manifest, err := repository.Resolve(ctx, repository.Reference.ReferenceOrDefault())
	switch {
	case err != nil:
		return fetched{}, fmt.Errorf("ask registry: %w", err)
	case manifest.Digest.String() == s.version:
		return fetched{}, nil
	case manifest.Size > maxManifest:
		return fetched{}, fmt.Errorf("read manifest: it has more than %d MiB", maxManifest>>20)
	}
	encoded, err := content.FetchAll(ctx, repository, manifest)
	if err != nil {
		return fetched{}, fmt.Errorf("fetch manifest: %w", err)
	}
	layer, err := bundleLayer(encoded)
	if err != nil {
		return fetched{}, err
	}
	packed, err := content.FetchAll(ctx, repository, layer)
	if err != nil {
		return fetched{}, fmt.Errorf("fetch bundle: %w", err)
	}
	return fetched{version: manifest.Digest.String(), packed: packed}, nil
}

// bundleLayer finds the layer of a manifest that is a bundle.
func bundleLayer(encoded []byte) (ocispec.Descriptor, error) {
	var manifest ocispec.Manifest
	if err := json.Unmarshal(encoded, &manifest); err != nil {
		return ocispec.Descriptor{}, fmt.Errorf("read manifest: %w", err)
	}
	for _, layer := range manifest.Layers {
		switch {
		case layer.MediaType != ocispec.MediaTypeImageLayerGzip:
		case layer.Size > maxBundle:
			return layer, fmt.Errorf("read bundle: it has more than %d MiB", maxBundle>>20)
		default:
			return layer, nil
		}
	}
	return ocispec.Descriptor{}, fmt.Errorf("read manifest: no layer is a bundle; push one as %s", ocispec.MediaTypeImageLayerGzip)
}

func (s *Source) repository(reference string) (*remote.Repository, error) {
	repository, err := remote.NewRepository(reference)
	if err != nil {
		return nil, fmt.Errorf("read address: %w: write oci://HOST/REPOSITORY:TAG", err)
	}
	repository.PlainHTTP = onThisMachine(repository.Reference.Host())
	client := &auth.Client{Client: s.settings.Client, Cache: auth.NewCache()}
	token, err := s.token()
	switch {
	case err != nil:
		return nil, err
	case token != "" && s.settings.User != "":
		client.Credential = auth.StaticCredential(repository.Reference.Registry, auth.Credential{Username: s.settings.User, Password: token})
	case token != "":
		client.Credential = auth.StaticCredential(repository.Reference.Registry, auth.Credential{AccessToken: token})
	}
	repository.Client = client
	return repository, nil
}

// onThisMachine reports whether a host is this machine, where nobody can listen
// in between.
func onThisMachine(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	address := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || address != nil && address.IsLoopback()
}
