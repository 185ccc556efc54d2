package backlog

import (
	"regexp"
	"strings"
	"time"
)

// Site is what a tracker says of itself and of us: who we are there, what we
// may do, how the site is built and what its clock shows.
type Site struct {
	ID       SiteID     `json:"id"`
	Kind     string     `json:"kind"` // "jira", "azuredevops", "memory"
	Name     string     `json:"name"`
	URL      string     `json:"url"`
	Account  Person     `json:"account"` // whom the credentials belong to
	Now      time.Time  `json:"now"`     // the tracker's clock at the answer
	Projects []Project  `json:"projects"`
	Types    []ItemType `json:"types"`
	Missing  []string   `json:"missing,omitempty"`  // configured projects that are not visible to us
	Problems []string   `json:"problems,omitempty"` // configured fields or types that do not exist; each a full sentence
	Rights   []Rights   `json:"rights"`             // per project
	Locators []string   `json:"locators"`           // see Locate
	Page     string     `json:"page,omitempty"`     // the one address of an item's page by key, with {key} in it; empty where ids are in the address
}

// ItemType is a type of one project: its level, kind and layout.
type ItemType struct {
	Project string   `json:"project"` // project id
	Name    string   `json:"name"`
	Level   Level    `json:"level"`
	Kind    Kind     `json:"kind,omitempty"`
	Layout  FieldSet `json:"layout"` // the known fields that a person can fill on this type
	Used    FieldSet `json:"used"`   // the fields that the settings declare used, whatever the statistics say
	// Names holds what people there call a known field ("Story point
	// estimate"), by the field's word.
	Names map[string]string `json:"names,omitempty"`
}

// Rights says what our account may do in a project.
type Rights struct {
	Project string `json:"project"` // project id
	Edit    bool   `json:"edit"`
	Comment bool   `json:"comment"`
	Quiet   bool   `json:"quiet"`             // may suppress notifications
	Service bool   `json:"service,omitempty"` // customers see what is commented there, unless it is internal
}

// TypeOf finds the type of an item; false when the site no longer has it.
func (s Site) TypeOf(item Item) (ItemType, bool) {
	for _, t := range s.Types {
		if t.Project == item.Project.ID && t.Name == item.Type {
			return t, true
		}
	}
	return ItemType{}, false
}

// Locate reads an address of a page as a reference to one of the site's items.
// Each of the site's Locators is a regular expression over the whole address
// with a group named id or key. False means: not one of ours.
func (s Site) Locate(address string) (Ref, bool) {
	for _, pattern := range s.Locators {
		re, err := regexp.Compile(pattern)
		if err != nil {
			continue
		}
		m := re.FindStringSubmatch(address)
		if m == nil {
			continue
		}
		if i := re.SubexpIndex("id"); i > 0 && m[i] != "" {
			return Ref{ID: ItemID{Site: s.ID, ID: m[i]}, URL: address}, true
		}
		if i := re.SubexpIndex("key"); i > 0 && m[i] != "" {
			return s.byKey(strings.ToUpper(m[i]), address), true
		}
	}
	return Ref{}, false
}

// byKey gives a key its one address, so that every way to write the address
// of a page leads to the same reference.
func (s Site) byKey(key, address string) Ref {
	if s.Page != "" {
		address = strings.ReplaceAll(s.Page, "{key}", key)
	}
	return Ref{Key: key, URL: address}
}
