package azuresim

import (
	"encoding/base64"
	"strings"
)

// Identity is a person or a service account. ID is a GUID; the empty one is
// derived from the mail address.
type Identity struct{ ID, Name, Mail string }

// parsePerson reads "Name <mail>", the form of the feeds and of old exports.
func parsePerson(text string) (Identity, bool) {
	name, rest, found := strings.Cut(text, "<")
	mail, _, closed := strings.Cut(rest, ">")
	if !found || !closed || mail == "" {
		return Identity{}, false
	}
	return Identity{Name: strings.TrimSpace(name), Mail: strings.TrimSpace(mail)}, true
}

// descriptor is the id as the graph spells it.
func (i Identity) descriptor() string {
	return "aad." + base64.RawStdEncoding.EncodeToString([]byte(i.ID))
}

// person returns the identity as the wire has it, the same map each time. It
// also makes the person known to the organisation.
func (w *World) person(i Identity) map[string]any {
	if known, ok := w.people[key(i.Mail)]; ok {
		return known
	}
	if i.ID == "" {
		i.ID = guid("person", key(i.Mail))
	}
	avatar := w.canonical() + "/_apis/GraphProfile/MemberAvatars/" + i.descriptor()
	object := map[string]any{
		"displayName": i.Name, "uniqueName": i.Mail, "id": i.ID,
		"descriptor": i.descriptor(), "imageUrl": avatar,
		"_links": map[string]any{"avatar": href(avatar)},
		"url":    w.identities() + i.ID,
	}
	w.people[key(i.Mail)] = object
	return object
}

// identities is where the addresses of people and teams begin: on a Server at
// home, with the service on a host of its own.
func (w *World) identities() string {
	if w.onServer() {
		return w.canonical() + "/_apis/Identities/"
	}
	return "https://spsprodeus2.vssps.visualstudio.com/A" + w.settings.InstanceID + "/_apis/Identities/"
}

// findPerson resolves what a client or a record calls a person: an identity
// object, "Name <mail>", a mail address or a display name.
func (w *World) findPerson(value any) (map[string]any, bool) {
	switch v := value.(type) {
	case Identity:
		return w.person(v), true
	case map[string]any:
		mail, _ := v["uniqueName"].(string)
		name, _ := v["displayName"].(string)
		id, _ := v["id"].(string)
		if mail == "" {
			return w.findPerson(name)
		}
		return w.person(Identity{ID: id, Name: name, Mail: mail}), true
	case string:
		if i, ok := parsePerson(v); ok {
			return w.person(i), true
		}
		for _, p := range w.people {
			if strings.EqualFold(v, p["uniqueName"].(string)) || strings.EqualFold(v, p["displayName"].(string)) {
				return p, true
			}
		}
	}
	return nil, false
}

// distinct is an identity object as "Name <mail>".
func distinct(object map[string]any) string {
	name, _ := object["displayName"].(string)
	mail, _ := object["uniqueName"].(string)
	return name + " <" + mail + ">"
}

// key folds what the service compares without case.
func key(s string) string { return strings.ToLower(s) }
