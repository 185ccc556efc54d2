package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed schema/*.sql
var schema embed.FS

const versionTable = "trackwarden_schema"

var errMigrate = errors.New("bring tables up to date")

// migrate brings the tables up to date. Each migration is one transaction that
// also notes its version, so a killed one leaves nothing behind. SQLite has no
// lock around the whole: when two processes start at once, the slower one
// fails on what the faster has made. Opening again finds it done.
func migrate(ctx context.Context, pool *sql.DB) error {
	files, err := migrations()
	if err != nil {
		return err
	}
	return migrateTo(ctx, pool, files)
}

func migrateTo(ctx context.Context, pool *sql.DB, files fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, pool, files,
		goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("load migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("%w: %w", errMigrate, err)
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
