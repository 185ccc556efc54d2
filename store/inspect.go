package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// inspect looks at a file before anything may write to it: whether it is
// there, whole, ours and not newer than we are.
func inspect(ctx context.Context, path string) error {
	if path == "" {
		return unusable{"no database is named: set store.path", nil}
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return inspectFolder(path)
	case err != nil:
		return explain(path, fmt.Errorf("look at file: %w", err))
	case info.IsDir():
		return unusable{fmt.Sprintf("the database %s is a folder: set store.path to a file", path), nil}
	case info.Size() == 0:
		return explain(path, touch(path))
	}
	return explain(path, inspectFile(ctx, path))
}

func inspectFolder(path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return unusable{fmt.Sprintf("the database %s cannot be made: its folder does not exist; make it, or set store.path to another place", path), nil}
	}
	return explain(path, touch(path))
}

func inspectFile(ctx context.Context, path string) error {
	pool, err := sql.Open("sqlite", address(path, "mode=rw", "_pragma=query_only(1)"))
	if err != nil {
		return fmt.Errorf("open file: %w", err)
	}
	check := func() error {
		var verdict string
		if err := pool.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
			return fmt.Errorf("check file: %w", err)
		}
		if verdict != "ok" {
			return unusable{fmt.Sprintf("the database %s %s", path, corrupt), errors.New(verdict)}
		}
		return inspectSchema(ctx, pool, path)
	}
	return errors.Join(check(), pool.Close())
}

// inspectSchema refuses another program's tables and those of a newer version.
func inspectSchema(ctx context.Context, pool *sql.DB, path string) error {
	var tables, ours int
	if err := pool.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(SUM(name = $1), 0) FROM sqlite_master WHERE type = 'table'`, versionTable).Scan(&tables, &ours); err != nil {
		return fmt.Errorf("list tables: %w", err)
	}
	if tables > 0 && ours == 0 {
		return unusable{fmt.Sprintf("the database %s %s", path, foreign), nil}
	}
	if ours == 0 {
		return nil
	}
	var version int64
	if err := pool.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM `+versionTable).Scan(&version); err != nil {
		return fmt.Errorf("read version: %w", err)
	}
	newest, err := newestVersion()
	if err != nil {
		return err
	}
	if version > newest {
		return unusable{fmt.Sprintf("the database %s was written by a newer version of Trackwarden (its tables are version %d, this program knows %d): use that version, or set store.path to another file", path, version, newest), nil}
	}
	return nil
}
