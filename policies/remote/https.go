package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// download asks a web server, which answers "not modified" where it knows the
// entity tag that it gave us.
func (s *Source) download(ctx context.Context) (fetched, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.settings.URL, nil)
	if err != nil {
		return fetched{}, fmt.Errorf("make request: %w", err)
	}
	if s.version != "" {
		req.Header.Set("If-None-Match", s.version)
	}
	token, err := s.token()
	switch {
	case err != nil:
		return fetched{}, err
	case token != "":
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := s.settings.Client.Do(req)
	if err != nil {
		return fetched{}, fmt.Errorf("fetch bundle: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	switch {
	case resp.StatusCode == http.StatusNotModified && s.version != "":
		return fetched{}, nil
	case resp.StatusCode != http.StatusOK:
		return fetched{}, fmt.Errorf("fetch bundle: the server answered %s", resp.Status)
	}
	packed, err := readAll(resp.Body)
	return fetched{version: resp.Header.Get("ETag"), packed: packed}, err
}

func readAll(from io.Reader) ([]byte, error) {
	packed, err := io.ReadAll(io.LimitReader(from, maxBundle+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read bundle: %w", err)
	case len(packed) > maxBundle:
		return nil, fmt.Errorf("read bundle: it has more than %d MiB", maxBundle>>20)
	case len(packed) == 0:
		return nil, errors.New("read bundle: it is empty")
	}
	return packed, nil
}
