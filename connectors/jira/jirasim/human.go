package jirasim

import (
	"fmt"
	"slices"
	"strings"
)

// humanAccount is the person who edits when nobody is named.
const humanAccount = "557058:human"

// Human edits the site as a person would in the browser: `updated` moves and
// the changelog tells who. Keys are issue keys or ids; an unknown one is an
// error. None of it is in the truth, which holds requests only.
type Human struct {
	world   *World
	account string
}

// Human is the person with the accountId; empty is one that the site makes up.
func (w *World) Human(account string) *Human {
	w.mu.Lock()
	defer w.mu.Unlock()
	orElse(&account, humanAccount)
	if _, known := w.site.users[account]; !known {
		w.site.users[account] = User{ID: account, Name: "Person " + account}
	}
	return &Human{world: w, account: account}
}

// edit changes an issue and keeps the changelog.
func (h *Human) edit(key string, change func(p *project, next *state) error) error {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return fmt.Errorf("edit %s: no such issue", key)
	}
	next := i.now().edit()
	if err := change(w.project(next.project, ""), next); err != nil {
		return fmt.Errorf("edit %s: %w", key, err)
	}
	w.record(i, h.account, w.differences(i.now(), next))
	w.commit(i, next, true)
	return nil
}

// SetField sets a field, by id or name, to a value in the wire's form or in
// short: a status, type or priority by name, a person by accountId, a parent by
// key, labels as strings. nil clears it. A status in another category moves the
// resolution along, as Jira's simplified workflow does.
func (h *Human) SetField(key, field string, value any) error {
	return h.edit(key, func(p *project, next *state) error {
		f, known := h.world.jqlField(h.world.FieldID(field))
		if !known {
			return fmt.Errorf("no field %q", field)
		}
		before := h.world.category(next)
		place, value := h.world.place(next, f.ID, value)
		next.fields[place] = h.world.take(p, place, value)
		if f.ID == "status" && h.world.category(next) != before {
			h.world.resolve(next)
		}
		h.world.notice(p, next)
		return nil
	})
}

// category is the category of the state's status.
func (w *World) category(s *state) string {
	id := text(asObject(s.fields["status"], "id")["id"])
	for _, status := range w.site.statuses {
		if status.ID == id {
			return status.Category
		}
	}
	return ""
}

// resolve sets or clears what Jira keeps about reaching another category.
func (w *World) resolve(s *state) {
	now := w.show(w.now())
	s.fields["statuscategorychangedate"] = now
	if w.category(s) == "done" {
		s.fields["resolution"], s.fields["resolutiondate"] = object{"id": "10000", "name": "Done"}, now
		return
	}
	s.fields["resolution"], s.fields["resolutiondate"] = nil, nil
}

// SetProperty sets an issue property, as another program would. What it does to
// `updated` is the site's setting.
func (h *Human) SetProperty(key, property string, value any) error {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return fmt.Errorf("set property of %s: no such issue", key)
	}
	next := i.now().edit()
	next.properties[property] = plain(value)
	w.commit(i, next, w.settings.PropertiesTouch)
	return nil
}

// AddLabel adds a label.
func (h *Human) AddLabel(key, label string) error {
	return h.edit(key, func(_ *project, next *state) error {
		if labels := asList(next.fields["labels"]); !slices.Contains(labels, any(label)) {
			next.fields["labels"] = append(labels, label)
		}
		return nil
	})
}

// RemoveLabel removes a label.
func (h *Human) RemoveLabel(key, label string) error {
	return h.edit(key, func(_ *project, next *state) error {
		next.fields["labels"] = slices.DeleteFunc(asList(next.fields["labels"]), func(l any) bool { return l == label })
		return nil
	})
}

// Link links two issues: key's outward end is other, as in "key blocks other".
// The type is named, and added when it is new.
func (h *Human) Link(key, linkType, other string) error {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	from, to := w.find(key), w.find(other)
	if from == nil || to == nil {
		return fmt.Errorf("link %s to %s: no such issue", key, other)
	}
	t := w.addLinkType(readings(linkType))
	id := w.linkID()
	h.tie(from, object{"id": id, "type": object{"id": t.ID}, "outwardIssue": object{"id": to.id, "key": to.now().key}}, t.Outward+" "+to.now().key)
	h.tie(to, object{"id": id, "type": object{"id": t.ID}, "inwardIssue": object{"id": from.id, "key": from.now().key}}, t.Inward+" "+from.now().key)
	return nil
}

// readings are the two readings of a link type: Jira's own for its defaults.
func readings(name string) LinkType {
	lower := strings.ToLower(name)
	t := LinkType{Name: name, Inward: lower, Outward: lower}
	switch lower {
	case "blocks":
		t.Inward = "is blocked by"
	case "duplicate":
		t.Inward, t.Outward = "is duplicated by", "duplicates"
	case "cloners":
		t.Inward, t.Outward = "is cloned by", "clones"
	case "relates":
		t.Inward, t.Outward = "relates to", "relates to"
	}
	return t
}

func (h *Human) tie(i *issue, link object, sentence string) {
	next := i.now().edit()
	next.fields["issuelinks"] = append(asList(next.fields["issuelinks"]), link)
	h.world.record(i, h.account, []change{{field: Field{ID: "Link"}, to: "This issue " + sentence}})
	h.world.commit(i, next, true)
}

// RemoteLink links an issue to an address outside the site.
func (h *Human) RemoteLink(key, url, title string) error {
	return h.Relate(key, "", url, title)
}

// Relate links an issue to an address outside the site and says how they
// belong together; an empty relationship says nothing.
func (h *Human) Relate(key, relationship, url, title string) error {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return fmt.Errorf("link %s to %s: no such issue", key, url)
	}
	link := object{"globalId": url, "object": object{"url": url, "title": title}}
	if relationship != "" {
		link["relationship"] = relationship
	}
	w.putRemote(i, link)
	w.commit(i, i.now().edit(), true)
	return nil
}

// Unrelate takes off the link of an issue to an address outside the site that
// ends in that, and returns the address.
func (h *Human) Unrelate(key, ending string) (address string, err error) {
	w := h.world
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.find(key)
	if i == nil {
		return "", fmt.Errorf("unlink %s from %s: no such issue", key, ending)
	}
	at := slices.IndexFunc(i.remote, func(o map[string]any) bool { return strings.HasSuffix(text(o["globalId"]), ending) })
	if at < 0 {
		return "", fmt.Errorf("unlink %s from %s: no such link", key, ending)
	}
	address = text(i.remote[at]["globalId"])
	w.keep(i)
	i.remote = slices.Delete(i.remote, at, at+1)
	w.commit(i, i.now().edit(), true)
	return address, nil
}
