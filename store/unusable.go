package store

import (
	"errors"
	"fmt"
	"io/fs"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// ErrUnusable means that the database file cannot be worked with: corrupt,
// read-only, not a database, or written by a newer version. The error that
// wraps it is one sentence that names the file and says what to do.
var ErrUnusable = errors.New("database unusable")

// unusable makes the sentence. It does not show ErrUnusable's own words.
type unusable struct {
	sentence string
	cause    error
}

func (u unusable) Error() string { return u.sentence }

func (u unusable) Unwrap() []error { return []error{ErrUnusable, u.cause} }

// explain turns what SQLite says into a sentence that helps. Other errors are
// left as they are.
func explain(path string, err error) error {
	if err == nil || errors.Is(err, ErrUnusable) {
		return err
	}
	if advice := advise(err); advice != "" {
		return unusable{fmt.Sprintf("the database %s %s", path, advice), err}
	}
	return err
}

// transient reports whether opening may work in a moment, because another
// process is opening the same file.
func transient(err error) bool {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return false
	}
	code := failure.Code() & 0xff
	return code == codes.SQLITE_BUSY || code == codes.SQLITE_LOCKED || code == codes.SQLITE_ERROR && errors.Is(err, errMigrate)
}

func advise(err error) string {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		if errors.Is(err, fs.ErrPermission) {
			return "may not be opened for writing: give this user the right to write the file and its folder, or set store.path to another place"
		}
		return ""
	}
	switch failure.Code() & 0xff {
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		return "is read-only: give this user the right to write the file and its folder, or set store.path to another place"
	case codes.SQLITE_CANTOPEN:
		return "cannot be opened: check that its folder exists and that this user may write there"
	case codes.SQLITE_CORRUPT:
		return corrupt
	case codes.SQLITE_NOTADB:
		return notDatabase
	case codes.SQLITE_BUSY:
		return "is locked by another program: end it, or wait until it is done, and try again"
	case codes.SQLITE_FULL:
		return "cannot grow, because the disk is full: make room and try again"
	case codes.SQLITE_IOERR:
		return "cannot be read or written: check the disk that it is on"
	}
	return ""
}

const (
	corrupt     = "is damaged: keep a copy of it, then restore a backup, or delete it to build it anew from the trackers"
	notDatabase = "is not a database: set store.path to another file"
	foreign     = "belongs to another program: set store.path to another file"
)
