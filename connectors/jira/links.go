package jira

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// linked is the other end of a link, or a parent.
type linked struct {
	ID  ident  `json:"id"`
	Key string `json:"key"`
}

type issueLink struct {
	Type struct {
		Name    string `json:"name"`
		Inward  string `json:"inward"`
		Outward string `json:"outward"`
	} `json:"type"`
	Inward  *linked `json:"inwardIssue"`
	Outward *linked `json:"outwardIssue"`
}

// readLinks reads parent and links.
func (m *model) readLinks(v values, item *backlog.Item) error {
	var links []issueLink
	if err := v.into("issuelinks", &links); err != nil {
		return err
	}
	for _, l := range links {
		if l.Outward != nil {
			item.Links = append(item.Links, m.link(l.Type.Name, l.Type.Outward, true, *l.Outward))
		}
		if l.Inward != nil {
			item.Links = append(item.Links, m.link(l.Type.Name, l.Type.Inward, false, *l.Inward))
		}
	}
	sortLinks(item)
	return m.readParent(v, item)
}

func (m *model) link(typeName, words string, outward bool, to linked) backlog.Link {
	kind, direction := meaning(typeName, words, outward)
	return backlog.Link{Type: kind, Direction: direction, Native: words, To: backlog.Ref{ID: m.id(to.ID), Key: to.Key}}
}

func sortLinks(item *backlog.Item) {
	slices.SortStableFunc(item.Links, func(a, b backlog.Link) int {
		return cmp.Or(cmp.Compare(a.To.Address(), b.To.Address()), cmp.Compare(a.Native, b.Native), cmp.Compare(a.Direction, b.Direction))
	})
}

var (
	waits = regexp.MustCompile(`(?i)\b(blocked (by|on)|depends? (up)?on|dependent on|requires?|needs|waits? for|hängt ab|blockiert von|benötigt)\b`)
	holds = regexp.MustCompile(`(?i)\b(blocks|blocking|depended (on|upon)|depended by|(required|needed) (by|for)|dependency (of|for)|prerequisite (of|for)|blockiert)\b`)
	twin  = regexp.MustCompile(`(?i)\bduplicat`)
)

// meaning reads what a link says in its own words, from this item's side. The
// words decide, because organisations turn link types round; the type's name
// only helps when the words are silent.
func meaning(typeName, words string, outward bool) (backlog.LinkType, backlog.Direction) {
	side, other := backlog.Outward, backlog.Inward
	if !outward {
		side, other = other, side
	}
	switch name := strings.ToLower(typeName); {
	case holds.MatchString(words) && !waits.MatchString(words):
		return backlog.Blocks, backlog.Outward
	case waits.MatchString(words):
		return backlog.Blocks, backlog.Inward
	case twin.MatchString(words):
		return backlog.Duplicates, side
	case strings.Contains(name, "block"):
		return backlog.Blocks, side
	case strings.Contains(name, "depend"):
		return backlog.Blocks, other
	case twin.MatchString(name):
		return backlog.Duplicates, side
	}
	return backlog.Relates, side
}

// readParent finds the parent: Jira's own field, else the older Epic Link,
// else a text field that the settings name, which holds a key.
func (m *model) readParent(v values, item *backlog.Item) error {
	for _, id := range m.fields.known[backlog.FieldParent] {
		if id != "parent" {
			continue
		}
		parent, err := same(v, id, &m.repeats.parents)
		if err != nil {
			return err
		}
		if parent.ID != "" {
			item.Parent = &backlog.Ref{ID: m.id(parent.ID), Key: parent.Key}
			return nil
		}
	}
	for _, id := range slices.Concat(m.fields.epicLink, m.fields.known[backlog.FieldParent]) {
		if id == "parent" {
			continue
		}
		if ref, ok := readAddress(v.plain([]string{id})); ok {
			item.Parent = &ref
			return nil
		}
	}
	return nil
}

// readAddress reads what people put into a field that names an item: a key, a
// number with or without a hash sign, or the address of its page.
func readAddress(text string) (backlog.Ref, bool) {
	switch {
	case text == "" || strings.Contains(text, " "):
		return backlog.Ref{}, false
	case strings.Contains(text, "://"):
		return backlog.Ref{URL: text}, true
	}
	return backlog.Ref{Key: numberSign.ReplaceAllString(text, "")}, true
}

// numberSign is how people write a work item's number: #12 or AB#12.
var numberSign = regexp.MustCompile(`(?i)^(ab)?#`)
