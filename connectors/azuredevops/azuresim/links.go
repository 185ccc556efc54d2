package azuresim

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// linkType is a kind of link between work items: both its ends have a name.
type linkType struct {
	base             string // "System.LinkTypes.Hierarchy", as the links feed says it
	forward, reverse string // what a relation says at the source, at the target
	name, back       string
	acyclic          bool
	single           bool // a target has one source at most
}

// topology is the service's word for what a type allows.
func (t linkType) topology() string {
	switch {
	case !t.acyclic:
		return "network"
	case t.single:
		return "tree"
	}
	return "dependency"
}

func linkTypes() []linkType {
	both := func(base, name, back string, acyclic, single bool) linkType {
		return linkType{base, base + "-Forward", base + "-Reverse", name, back, acyclic, single}
	}
	related := "System.LinkTypes.Related"
	return []linkType{
		both("System.LinkTypes.Hierarchy", "Child", "Parent", true, true),
		both("System.LinkTypes.Dependency", "Successor", "Predecessor", true, false),
		{related, related, related, "Related", "Related", false, false},
		both("System.LinkTypes.Duplicate", "Duplicate", "Duplicate Of", true, true),
		both("Microsoft.VSTS.Common.Affects", "Affects", "Affected By", true, false),
		both("Microsoft.VSTS.Common.TestedBy", "Tested By", "Tests", true, false),
		both("Microsoft.VSTS.TestCase.SharedStepReferencedBy", "Test Case", "Shared Steps", true, false),
	}
}

// findLinkType reads a relation's name: which type, and whether from its
// target. Names are compared without case; the vendor's own example needs it.
func findLinkType(rel string) (t linkType, reverse, ok bool) {
	for _, t := range linkTypes() {
		switch {
		case strings.EqualFold(rel, t.forward):
			return t, false, true
		case strings.EqualFold(rel, t.reverse):
			return t, true, true
		}
	}
	return linkType{}, false, false
}

// link is a link between two work items, or one that was.
type link struct {
	linkType
	source, target int
	comment        string
	active         bool
	grown          bool   // made of the growth
	changed        string // date
	by             map[string]any
	watermark      int // of its last change
}

// other is the far end seen from an item.
func (l *link) other(id int) int {
	if l.source == id {
		return l.target
	}
	return l.source
}

var itemURL = regexp.MustCompile(`(?i)/_apis/wit/workitems/(\d+)$`)

// targetOf reads the work item that a relation's address means.
func targetOf(url string) (int, bool) {
	m := itemURL.FindStringSubmatch(url)
	if m == nil {
		return 0, false
	}
	id, err := strconv.Atoi(m[1])
	return id, err == nil
}

// newLink is the link that a relation on an item means.
func newLink(from int, rel string, to int) (*link, bool) {
	t, reverse, ok := findLinkType(rel)
	if reverse {
		from, to = to, from
	}
	return &link{linkType: t, source: from, target: to, active: true}, ok
}

// same says whether two links join the same ends in the same way.
func (l *link) same(o *link) bool {
	return l.base == o.base && (l.source == o.source && l.target == o.target ||
		l.forward == l.reverse && l.source == o.target && l.target == o.source)
}

// existing finds the live link that is the same.
func (w *World) existing(l *link) *link {
	for _, known := range w.linksOf(l.source) {
		if known.active && known.same(l) {
			return known
		}
	}
	return nil
}

// put makes a link live. Neither end gets a revision.
func (w *World) put(l *link, by map[string]any, at string) {
	l.by, l.changed, l.watermark = by, at, w.tick()
	w.links[l.source] = append(w.links[l.source], l)
	w.links[l.target] = append(w.links[l.target], l)
	w.linkLog = append(w.linkLog, l)
}

// cut ends a link; in the feed it moves to the end.
func (w *World) cut(l *link, by map[string]any) {
	w.uproot(l)
	l.active, l.by, l.changed, l.watermark = false, by, wireTime(w.now()), w.tick()
	defer w.tellLink(l)
	w.linkLog = append(slices.DeleteFunc(w.linkLog, func(o *link) bool { return o == l }), l)
}

// checkLink refuses a link that the service would: to nothing, twice, a second
// parent, a circle. removed are links that go in the same request.
func (w *World) checkLink(l *link, removed []*link) error {
	for _, end := range []int{l.source, l.target} {
		if w.readable(end) == nil {
			return noItem(end)
		}
	}
	if old := w.existing(l); old != nil && !slices.Contains(removed, old) {
		return refused(http.StatusBadRequest, "WorkItemLinkDuplicateException", "TF237099: Duplicate work item link.")
	}
	if l.single {
		for _, o := range w.linksOf(l.target) {
			if o.active && o.base == l.base && o.target == l.target && !slices.Contains(removed, o) {
				return refused(http.StatusBadRequest, "WorkItemLinkInvalidException", "TF201036: You cannot add a %s link "+
					"between work items %d and %d because a work item can have only one %s link.", l.name, l.source, l.target, l.back)
			}
		}
	}
	if l.acyclic && w.reaches(l.target, l.source, l.base, map[int]bool{}) {
		return refused(http.StatusBadRequest, "WorkItemLinkInvalidException",
			"TF201065: You can not add a %s link to this work item because a circular relationship exists.", l.name)
	}
	return nil
}

// reaches follows links of one type from source to target.
func (w *World) reaches(from, to int, base string, seen map[int]bool) bool {
	if from == to {
		return true
	}
	seen[from] = true
	for _, l := range w.linksOf(from) {
		if l.active && l.base == base && l.source == from && !seen[l.target] && w.reaches(l.target, to, base, seen) {
			return true
		}
	}
	return false
}

// parent is the id of an item's parent, or 0.
func (w *World) parent(id int) int {
	if k, grown := w.growth.place(id); grown && len(w.links[id]) == 0 {
		if l := w.growth.parentLink(w, k); l != nil && !w.deleted(l.source) {
			return l.source
		}
		return 0
	}
	for _, l := range w.linksOf(id) {
		if l.active && l.base == "System.LinkTypes.Hierarchy" && l.target == id && !w.deleted(l.source) {
			return l.source
		}
	}
	return 0
}

// deleted says that an item is in the recycle bin: links to it do not show.
func (w *World) deleted(id int) bool {
	it := w.items[id] // a grown one is not
	return it != nil && it.deletedBy != nil
}

func (l *link) String() string { return fmt.Sprintf("%s %d → %d", l.name, l.source, l.target) }
