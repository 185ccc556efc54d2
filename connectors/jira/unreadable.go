package jira

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// unreadable reports whether a good answer had a body that nobody can read:
// no JSON, nested too deep, or longer than anything should be. Cut answers look
// the same; they were asked for again already.
func unreadable(err error) bool {
	e, ok := rest.AsError(err)
	return ok && e.Status == http.StatusOK && !errors.Is(err, backlog.ErrUnauthorized)
}

// whole reads a page of issues. When one of them makes the whole answer
// unreadable, the page is asked for by names alone, and each issue by itself:
// what cannot be read even so stays a name, and is told of as broken.
func (t *Tracker) whole(ctx context.Context, fields []string, page func(fields []string) ([]json.RawMessage, error)) ([]json.RawMessage, error) {
	raws, err := page(fields)
	if !unreadable(err) {
		return raws, err
	}
	t.log.Warn("a page of issues cannot be read; asking for each", "connection", t.settings.Connection, "error", err)
	names, err := page([]string{"created", "updated"})
	if err != nil {
		return nil, err
	}
	query := url.Values{"fields": {strings.Join(fields, ",")}}
	err = eachOf(ctx, len(names), func(ctx context.Context, i int) error {
		var one linked
		if err := json.Unmarshal(names[i], &one); err != nil || one.ID == "" {
			return nil //nolint:nilerr // told of as broken
		}
		var raw json.RawMessage
		err := t.get(ctx, "rest/api/2/issue/"+url.PathEscape(string(one.ID)), query, &raw)
		switch {
		case err == nil:
			names[i] = raw
		case unreadable(err), rest.Status(err) == http.StatusNotFound:
			t.log.Warn("issue cannot be read", "connection", t.settings.Connection, "issue", one.Key, "error", err)
		default:
			return err
		}
		return nil
	})
	return names, err
}
