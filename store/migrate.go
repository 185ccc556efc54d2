package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed schema/*.sql
var schema embed.FS

const (
	versionTable = "trackwarden_schema"
	migrateTries = 20
	migratePause = 100 * time.Millisecond
)

// migrate brings the tables up to date. Each migration is one transaction that
// also notes its version, so a killed one leaves nothing behind. SQLite has no
// lock around the whole: when two processes start at once, the slower one
// fails on what the faster has made, looks again and finds it done.
func migrate(ctx context.Context, pool *sql.DB) error {
	files, err := migrations()
	if err != nil {
		return err
	}
	return migrateFrom(ctx, pool, files)
}

func migrateFrom(ctx context.Context, pool *sql.DB, files fs.FS) (err error) {
	for try := range migrateTries {
		if try > 0 {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(migratePause):
			}
		}
		if err = migrateOnce(ctx, pool, files); err == nil || advise(err) != "" {
			return err
		}
	}
	return err
}

func migrateOnce(ctx context.Context, pool *sql.DB, files fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, pool, files,
		goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("load migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func migrations() (fs.FS, error) {
	files, err := fs.Sub(schema, "schema")
	if err != nil {
		return nil, fmt.Errorf("load migrations: %w", err)
	}
	return files, nil
}

// newestVersion is the version that this program's tables have.
func newestVersion() (newest int64, err error) {
	files, err := migrations()
	if err != nil {
		return 0, err
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, fmt.Errorf("list migrations: %w", err)
	}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("read version of %s: %w", name, err)
		}
		newest = max(newest, version)
	}
	return newest, nil
}
