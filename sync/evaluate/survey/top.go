package survey

import "slices"

// top keeps the first few of what it is given, by an order, and forgets the
// rest.
type top[T any] struct {
	room  int
	less  func(a, b T) bool
	items []T
}

func newTop[T any](room int, less func(a, b T) bool) *top[T] {
	return &top[T]{room: room, less: less}
}

func (t *top[T]) add(v T) {
	if len(t.items) == t.room {
		if !t.less(v, t.items[t.room-1]) {
			return
		}
		t.items = t.items[:t.room-1]
	}
	at, _ := slices.BinarySearchFunc(t.items, v, func(have, added T) int {
		if t.less(added, have) {
			return 1
		}
		return -1
	})
	t.items = slices.Insert(t.items, at, v)
}

// waiting is an item and since when it is where it is.
type waiting struct {
	number int64
	since  string // empty: not known, and last
}

// longest orders by how long items wait.
func longest(a, b waiting) bool {
	switch {
	case a.since == b.since:
		return a.number < b.number
	case a.since == "" || b.since == "":
		return b.since == ""
	}
	return a.since < b.since
}

// median is the middle of some numbers; nil without any.
func median(values []float64) *float64 {
	if len(values) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := sorted[len(sorted)/2]
	if len(sorted)%2 == 0 {
		middle = (middle + sorted[len(sorted)/2-1]) / 2
	}
	return &middle
}
