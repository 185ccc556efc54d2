package jira

import (
	"fmt"
	"slices"

	"github.com/andygrunwald/go-jira"

	"github.com/trackwarden/trackwarden/backlog"
)

// A field that was known and is deleted, renamed or of another type must not
// silently read as empty on every issue. So the tracker remembers by which
// fields a word was known; one that no longer fits is named in the Site's
// problems, and the types' layouts lose it, until it is back or the settings
// name another.

// knownAs is a field as it was when it was found to hold something.
type knownAs struct {
	word     string // of the known field or of the settings
	id       string
	name     string
	datatype string
}

// drift compares the fields of the site with those known before, takes out
// what changed its type, and returns what is to be remembered from now on.
func (m *fieldMap) drift(before []knownAs, all []jira.Field) []knownAs {
	var remembered []knownAs
	for _, k := range before {
		if problem := m.lost(k, all); problem != "" {
			m.problems = append(m.problems, problem)
			remembered = append(remembered, k)
		}
	}
	for _, f := range all {
		for _, word := range m.wordsOf(f.ID) {
			same := func(k knownAs) bool { return k.word == word && k.id == f.ID }
			if !slices.ContainsFunc(remembered, same) {
				remembered = append(remembered, knownAs{word, f.ID, f.Name, f.Schema.Type})
			}
		}
	}
	return remembered
}

// lost says what became of a field; empty when it still holds its word. The
// settings may have been corrected by then: a word that others hold is no loss.
func (m *fieldMap) lost(k knownAs, all []jira.Field) string {
	i := slices.IndexFunc(all, func(f jira.Field) bool { return f.ID == k.id })
	holds := slices.Contains(m.wordsOf(k.id), k.word)
	switch {
	case i < 0:
		return fmt.Sprintf("Field %q (%s), which held %s, is no longer in Jira or hidden from us: bring it back, or name another in the settings under fields.", k.name, k.id, k.word)
	case !holds:
		return fmt.Sprintf("Field %q (%s), which held %s, is now called %q: name it in the settings under fields.", k.name, k.id, k.word, all[i].Name)
	case all[i].Schema.Type != k.datatype:
		m.drop(k)
		return fmt.Sprintf("Field %q (%s), which held %s, is now of type %s and was of type %s: name another in the settings under fields.", k.name, k.id, k.word, all[i].Schema.Type, k.datatype)
	}
	return ""
}

// wordsOf are the words that a field of the site's own making holds. Jira's own
// fields never drift.
func (m *fieldMap) wordsOf(id string) (held []string) {
	if !customID.MatchString(id) {
		return nil
	}
	for _, f := range backlog.Fields() {
		if slices.Contains(m.known[f], id) {
			held = append(held, f.String())
		}
	}
	for _, word := range sortedKeys(m.custom) {
		if slices.Contains(m.custom[word], id) {
			held = append(held, word)
		}
	}
	return held
}

// drop takes a field from its word.
func (m *fieldMap) drop(k knownAs) {
	gone := func(id string) bool { return id == k.id }
	if f, known := backlog.ParseField(k.word); known {
		m.known[f] = slices.DeleteFunc(slices.Clone(m.known[f]), gone)
		return
	}
	m.custom[k.word] = slices.DeleteFunc(slices.Clone(m.custom[k.word]), gone)
}
