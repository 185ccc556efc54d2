package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Lists are cut into pieces of at most this many values, and filled up with
// nothing to one of a few lengths, so that few statements have to be prepared.
const longest = 512

// among runs a query once for every piece of a list. The query's last %s
// becomes the piece's placeholders, which come after those of args.
func among[T any](ctx context.Context, q querier, scan func(*sql.Rows) error, query string, list []T, args ...any) error {
	for piece := range slices.Chunk(list, longest) {
		text, all := expand(query, piece, args)
		if err := each(ctx, q, scan, text, all...); err != nil {
			return err
		}
	}
	return nil
}

// execAmong is among for statements without rows.
func execAmong[T any](ctx context.Context, t *tx, query string, list []T, args ...any) error {
	for piece := range slices.Chunk(list, longest) {
		text, all := expand(query, piece, args)
		if _, err := t.ExecContext(ctx, text, all...); err != nil {
			return err
		}
	}
	return nil
}

func expand[T any](query string, piece []T, args []any) (string, []any) {
	length := padded(len(piece))
	all := make([]any, len(args), len(args)+length)
	copy(all, args)
	marks := make([]byte, 0, 6*length)
	for i := range length {
		if i < len(piece) {
			all = append(all, piece[i])
		} else {
			all = append(all, nil) // equals nothing
		}
		marks = append(marks, '$')
		marks = strconv.AppendInt(marks, int64(len(all)), 10)
		marks = append(marks, ',')
	}
	return fmt.Sprintf(query, marks[:max(0, len(marks)-1)]), all
}

// padded is the next power of two, or what lies half way to it.
func padded(n int) int {
	length := 1
	for length < n {
		if half := length + length/2; length > 1 && half >= n {
			return half
		}
		length *= 2
	}
	return length
}

// positional writes $1, $2 and so on as plain question marks, if they come in
// that order and each once. It is the same to SQLite, except that binding a
// value to a place with a name takes as long as there are names.
func positional(query string) string {
	var b strings.Builder
	rest := query
	for n := 1; ; n++ {
		at := strings.IndexByte(rest, '$')
		if at < 0 {
			b.WriteString(rest)
			return b.String()
		}
		mark := "$" + strconv.Itoa(n)
		after, next := strings.CutPrefix(rest[at:], mark)
		if !next || after != "" && after[0] >= '0' && after[0] <= '9' {
			return query
		}
		b.WriteString(rest[:at])
		b.WriteByte('?')
		rest = after
	}
}
