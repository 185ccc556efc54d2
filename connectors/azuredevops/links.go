package azuredevops

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

const (
	parentRel      = "System.LinkTypes.Hierarchy-Reverse"
	childRel       = "System.LinkTypes.Hierarchy-Forward"
	successorRel   = "System.LinkTypes.Dependency-Forward"
	predecessorRel = "System.LinkTypes.Dependency-Reverse"
	duplicateRel   = "System.LinkTypes.Duplicate-Forward" // the other one duplicates this
	duplicateOfRel = "System.LinkTypes.Duplicate-Reverse"
	hyperlinkRel   = "Hyperlink"
)

// relations reads parent and links. Children are known from their own side;
// attachments, commits and builds tie to no item.
func (r reader) relations(i *backlog.Item, w workItem) {
	var hyperlinks []relation
	for _, rel := range w.Relations {
		switch {
		case rel.Rel == hyperlinkRel:
			hyperlinks = append(hyperlinks, rel)
		case rel.Rel == parentRel:
			i.Parent = r.parent(rel.URL, i.Parent)
		case rel.Rel == childRel:
		default:
			r.link(i, rel)
		}
	}
	if parent := w.number("System.Parent"); i.Parent == nil && parent != nil {
		i.Parent = &backlog.Ref{ID: r.model.item(int(*parent)), Key: strconv.Itoa(int(*parent))}
	}
	if i.Parent == nil {
		i.Parent = r.keyed(w)
	}
	for _, rel := range hyperlinks {
		r.hyperlink(i, rel)
	}
	// The tracker sends relations in no order of its own, and an unchanged item
	// must look unchanged.
	slices.SortStableFunc(i.Links, func(a, b backlog.Link) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Direction, b.Direction),
			cmp.Compare(a.To.Address(), b.To.Address()), cmp.Compare(a.Native, b.Native))
	})
}

func (r reader) parent(address string, otherwise *backlog.Ref) *backlog.Ref {
	if ref, ok := r.target(address); ok {
		return &ref
	}
	return otherwise
}

var workItemURL = regexp.MustCompile(`(?i)/_apis/wit/workitems/(\d+)$`)

// target reads the address of the other end of a link between work items of
// the organisation.
func (r reader) target(address string) (backlog.Ref, bool) {
	m := workItemURL.FindStringSubmatch(address)
	if m == nil {
		return backlog.Ref{}, false
	}
	return backlog.Ref{ID: backlog.ItemID{Site: r.site, ID: m[1]}, Key: m[1]}, true
}

// link adds a link between work items, if it is one. Links to another
// organisation keep their address.
func (r reader) link(i *backlog.Item, rel relation) {
	to, ok := r.target(rel.URL)
	if !ok {
		return
	}
	if strings.Contains(rel.Rel, ".Remote.") {
		to = backlog.Ref{URL: rel.URL}
	}
	link := backlog.Link{Type: backlog.Relates, Direction: backlog.Outward, Native: rel.Name, To: to}
	if link.Native == "" {
		link.Native = rel.Rel
	}
	if strings.HasSuffix(rel.Rel, "-Reverse") {
		link.Direction = backlog.Inward
	}
	switch strings.Replace(rel.Rel, ".Remote.", ".", 1) {
	case successorRel, predecessorRel:
		link.Type = backlog.Blocks
	case duplicateRel:
		link.Type, link.Direction = backlog.Duplicates, backlog.Inward
	case duplicateOfRel:
		link.Type, link.Direction = backlog.Duplicates, backlog.Outward
	}
	i.Links = append(i.Links, link)
}

var (
	saysParent    = regexp.MustCompile(`(?i)^\s*(parent|child of|belongs to)\b`)
	saysDependsOn = regexp.MustCompile(`(?i)^\s*(depends on|blocked by|is blocked by|needs|predecessor)\b`)
	saysBlocks    = regexp.MustCompile(`(?i)^\s*(blocks|is needed by|successor)\b`)
)

// hyperlink reads a link to a page, perhaps of an item in another tracker.
// What it means is in its comment.
func (r reader) hyperlink(i *backlog.Item, rel relation) {
	comment := strings.TrimSpace(rel.Comment)
	to := backlog.Ref{URL: rel.URL}
	if ours, ok := r.place(rel.URL); ok {
		to = ours
	}
	link := backlog.Link{Type: backlog.Relates, Direction: backlog.Outward, Native: comment, To: to}
	switch {
	case saysParent.MatchString(comment) && i.Parent == nil:
		i.Parent = &to
		return
	case saysDependsOn.MatchString(comment):
		link.Type, link.Direction = backlog.Blocks, backlog.Inward
	case saysBlocks.MatchString(comment):
		link.Type = backlog.Blocks
	case comment == "":
		link.Native = hyperlinkRel
	}
	i.Links = append(i.Links, link)
}

// place finds one of our own work items in the address of a page.
func (r reader) place(address string) (backlog.Ref, bool) {
	for _, re := range r.places {
		if m := re.FindStringSubmatch(address); m != nil {
			return backlog.Ref{ID: backlog.ItemID{Site: r.site, ID: m[1]}, Key: m[1], URL: address}, true
		}
	}
	return backlog.Ref{}, false
}

// keyed reads the parent out of a field that the settings name for it: a key
// or an address, perhaps of another tracker.
func (r reader) keyed(w workItem) *backlog.Ref {
	value := r.word(w, backlog.FieldParent)
	if value == "" {
		return nil
	}
	if ref, ok := r.place(value); ok {
		return &ref
	}
	if strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://") {
		return &backlog.Ref{URL: value}
	}
	return &backlog.Ref{Key: value}
}
