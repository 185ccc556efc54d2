package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/policies"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/policies/remote"
)

// rulebook is where the policies of a configuration come from: the built-in
// ones, folders, and bundles from elsewhere. It knows whether any of them
// changed since they were read.
type rulebook struct {
	cfg     *config.Config
	clock   func() time.Time
	log     *slog.Logger
	remotes []*remoteRules
	folders string // what the folders looked like when they were read
}

// remoteRules is one bundle from elsewhere, as it was read last.
type remoteRules struct {
	*remote.Source
	url   string
	poll  time.Duration
	next  time.Time // when it is asked for again
	files fs.FS
}

func openRulebook(cfg *config.Config, clock func() time.Time, log *slog.Logger) (*rulebook, error) {
	b := &rulebook{cfg: cfg, clock: clock, log: log}
	for _, r := range cfg.Policies.Remote {
		key, err := r.PublicKey(cfg)
		if err != nil {
			return nil, usage(fmt.Errorf("policies.remote: %s: %w", r.URL, err))
		}
		source := remote.New(remote.Settings{
			URL: r.URL, User: r.User, Token: r.ReadToken(), Key: key, Folder: filepath.Join(filepath.Dir(storePath(cfg)), "policies"),
		})
		b.remotes = append(b.remotes, &remoteRules{Source: source, url: r.URL, poll: time.Duration(r.Poll)})
	}
	return b, nil
}

// load compiles what there is now. A bundle that cannot be fetched holds as it
// was fetched last.
func (b *rulebook) load(ctx context.Context) (*engine.Library, error) {
	if _, err := b.fetch(ctx); err != nil {
		return nil, usage(fmt.Errorf("policies.remote: %w", err))
	}
	library, err := b.compile(ctx)
	if err == nil || !b.fallBack() {
		return library, err
	}
	b.log.Error("the policies are not right; the last good bundles hold", "error", err)
	return b.compile(ctx)
}

// fallBack puts the bundles that were kept in place of those fetched; false
// when there are none.
func (b *rulebook) fallBack() (found bool) {
	for _, r := range b.remotes {
		if files, err := r.Last(); err == nil {
			r.files, found = files, true
		}
	}
	return found
}

// again compiles what there is now if any of it changed since the last time;
// nil when nothing did.
func (b *rulebook) again(ctx context.Context) (*engine.Library, error) {
	fetched, err := b.fetch(ctx)
	if err != nil {
		return nil, err
	}
	if !fetched && b.look() == b.folders {
		return nil, nil
	}
	library, err := b.compile(ctx)
	if err != nil {
		b.fallBack() // so that folders can be mended meanwhile
	}
	return library, err
}

// fetch asks for the bundles whose time has come, and reports whether any
// changed. It fails only where there is no bundle at all, not even an old one.
func (b *rulebook) fetch(ctx context.Context) (changed bool, err error) {
	for _, r := range b.remotes {
		if now := b.clock(); now.Before(r.next) {
			continue
		}
		r.next = b.clock().Add(r.poll)
		files, fresh, err := r.Load(ctx)
		switch {
		case files == nil:
			return false, err
		case err != nil:
			b.log.Warn("policies could not be fetched; the last good ones hold", "from", r.url, "error", err)
		}
		r.files, changed = files, changed || fresh
	}
	return changed, nil
}

func (b *rulebook) compile(ctx context.Context) (*engine.Library, error) {
	b.folders = b.look() // before reading: what changes meanwhile is read again
	sources := []fs.FS{policies.FS()}
	for _, folder := range configuredFolders(b.cfg) {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return nil, usage(fmt.Errorf("policies.paths: %s is not a folder that can be read: create it or take it out", folder))
		}
		sources = append(sources, os.DirFS(folder))
	}
	for _, r := range b.remotes {
		sources = append(sources, r.files)
	}
	library, err := engine.Load(ctx, sources...)
	if err != nil {
		return nil, usage(fmt.Errorf("load policies: %w", err))
	}
	if err := checkPolicyNames(b.cfg, library); err != nil {
		return nil, err
	}
	b.keep()
	return library, nil
}

// keep keeps the bundles of policies that are right. A disk that is full costs
// a warning: what is in memory holds.
func (b *rulebook) keep() {
	for _, r := range b.remotes {
		if err := r.Keep(); err != nil {
			b.log.Warn("the policies could not be kept for the next start", "from", r.url, "error", err)
		}
	}
}

// look describes the policy files of the folders by name, size and time. What
// cannot be read is described by its error.
func (b *rulebook) look() string {
	var seen strings.Builder
	for _, folder := range configuredFolders(b.cfg) {
		err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(name) != ".rego" {
				return err
			}
			info, err := entry.Info()
			if err == nil {
				fmt.Fprintln(&seen, folder, name, info.Size(), info.ModTime().UnixNano())
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.SkipAll) {
			fmt.Fprintln(&seen, folder, err)
		}
	}
	return seen.String()
}

// held are the policies of a library that are switched on anywhere.
func held(ctx context.Context, cfg *config.Config, library *engine.Library) (*engine.Library, error) {
	some, err := library.Only(ctx, func(p engine.Policy) bool { return cfg.PolicyHolds(p.ID, p.Bundles) })
	if err != nil {
		return nil, usage(fmt.Errorf("load policies: %w", err))
	}
	return some, nil
}

// reload takes over policies that changed, all at once and between two passes.
// Policies that are not right are named, and the last good ones hold.
func (a *app) reload(ctx context.Context) {
	library, err := a.rules.again(ctx)
	if err == nil && library != nil {
		library, err = held(ctx, a.cfg, library)
	}
	switch {
	case err != nil:
		a.log.Error("policies changed and are not right; the last good ones hold", "error", err, "revision", a.library.Revision())
		return
	case library == nil || library.Revision() == a.library.Revision():
		return
	}
	a.library = library
	a.reconciler.Evaluator.Library, a.reconciler.Evaluator.Settings = library, a.judging()
	for i := range a.reconciler.Connections {
		for _, c := range a.cfg.Connections {
			if c.Name == a.reconciler.Connections[i].Name {
				a.reconciler.Connections[i].Plan = a.planning(c)
			}
		}
	}
	a.log.Info("policies changed", "revision", library.Revision(), "policies", len(library.Policies()))
}
