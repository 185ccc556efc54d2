package azuredevops

import (
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// identity is an account. Which of its parts are filled depends on the call.
type identity struct {
	ID          string `json:"id"`
	Descriptor  string `json:"descriptor"`
	DisplayName string `json:"displayName"`
	UniqueName  string `json:"uniqueName"`
}

// is reports whether two identities are one account, by the surest part that
// both have.
func (i identity) is(other identity) bool {
	for _, part := range [][2]string{{i.Descriptor, other.Descriptor}, {i.ID, other.ID}, {i.UniqueName, other.UniqueName}} {
		if part[0] != "" && part[1] != "" {
			return strings.EqualFold(part[0], part[1])
		}
	}
	return false
}

// identityOf reads an account out of a field. Old data holds it as one text,
// "Name <mail>".
func identityOf(value any) identity {
	switch v := value.(type) {
	case identity:
		return v
	case string:
		name, mail, _ := strings.Cut(v, "<")
		return identity{DisplayName: strings.TrimSpace(name), UniqueName: strings.Trim(mail, "<> ")}
	}
	return identity{}
}

// person is the account as the house knows it. The descriptor is the only id
// that every call gives; old data has only the mail address.
func (i identity) person() backlog.Person {
	p := backlog.Person{ID: i.Descriptor, Name: i.DisplayName}
	for _, id := range []string{i.ID, i.UniqueName, i.DisplayName} {
		if p.ID == "" {
			p.ID = id
		}
	}
	return p
}

func (i identity) pointer() *backlog.Person {
	if i == (identity{}) {
		return nil
	}
	return new(i.person())
}
