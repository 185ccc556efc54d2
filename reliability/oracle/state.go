package oracle

import (
	"fmt"
	"slices"
	"strings"
)

func (w World) breach(oracle string, i Item, format string, args ...any) Breach {
	return Breach{Oracle: oracle, Where: strings.TrimSpace(w.Name + " " + i.Key), What: fmt.Sprintf(format, args...)}
}

// OneComment is O1: no item has more than one live comment of ours, and those
// have one that have to; required may be nil.
func (w World) OneComment(required func(Item) bool) (bad []Breach) {
	for _, i := range w.Items {
		switch n := len(i.Ours()); {
		case n > 1:
			bad = append(bad, w.breach("O1", i, "%d comments of ours", n))
		case n == 0 && required != nil && required(i):
			bad = append(bad, w.breach("O1", i, "no comment of ours, though there has to be one"))
		}
	}
	return bad
}

// OnlyOurs is O2: against a world with the same people in which we never were,
// nothing differs but labels that the registry says are ours (by Item.ID), our
// comments and our record. Whatever people and other programs did is there.
func (w World) OnlyOurs(never World, registry map[string][]string) (bad []Breach) {
	if len(w.Items) != len(never.Items) {
		bad = append(bad, w.breach("O2", Item{}, "%d items, and %d without us", len(w.Items), len(never.Items)))
	}
	for _, i := range w.Items {
		before, there := never.item(i.Key)
		if !there {
			bad = append(bad, w.breach("O2", i, "is not there without us"))
			continue
		}
		bad = append(bad, w.foreign(i, before, registry[i.ID])...)
	}
	return bad
}

func (w World) foreign(now, never Item, owned []string) (bad []Breach) {
	for _, label := range never.Labels {
		if !has(now.Labels, label) {
			bad = append(bad, w.breach("O2", now, "the label %s of others is gone", label))
		}
	}
	for _, label := range now.Labels {
		if !has(never.Labels, label) && !has(owned, label) {
			bad = append(bad, w.breach("O2", now, "the label %s is nobody's", label))
		}
	}
	if a, b := now.Others(), never.Others(); !slices.Equal(a, b) {
		bad = append(bad, w.breach("O2", now, "the comments of others are %q, without us %q", a, b))
	}
	if now.Rest != never.Rest {
		bad = append(bad, w.breach("O2", now, "it is otherwise than without us:\n%s\n%s", now.Rest, never.Rest))
	}
	return bad
}

// EndsAs is O3: what there is of ours is what a run without faults ends in,
// with the same people.
func (w World) EndsAs(clean World) (bad []Breach) {
	for _, i := range w.Items {
		golden, there := clean.item(i.Key)
		if !there {
			bad = append(bad, w.breach("O3", i, "is not there in the run without faults"))
		} else if i.Digest() != golden.Digest() {
			bad = append(bad, w.breach("O3", i, "ends as\n%s\nand without faults as\n%s", i.Digest(), golden.Digest()))
		}
	}
	return bad
}

// Mirrored is one item as our books have it.
type Mirrored struct {
	ID, Title string
	Labels    []string
}

// InMirror is O6: the books have every item that we may see, as it is.
func (w World) InMirror(books []Mirrored) (bad []Breach) {
	stored := map[string]Mirrored{}
	for _, m := range books {
		stored[m.ID] = m
	}
	for _, i := range w.Items {
		m, there := stored[i.ID]
		labels := slices.Sorted(slices.Values(m.Labels))
		switch {
		case !there:
			bad = append(bad, w.breach("O6", i, "is not stored"))
		case m.Title != i.Title:
			bad = append(bad, w.breach("O6", i, "is stored as %q and is %q", m.Title, i.Title))
		case !slices.Equal(labels, i.Labels):
			bad = append(bad, w.breach("O6", i, "is stored with the labels %q and has %q", labels, i.Labels))
		}
	}
	return bad
}

// has compares labels as the stricter tracker does: without regard to case.
func has(labels []string, label string) bool {
	return slices.ContainsFunc(labels, func(l string) bool { return strings.EqualFold(l, label) })
}
