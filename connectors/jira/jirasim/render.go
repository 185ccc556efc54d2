package jirasim

import (
	"slices"
	"strings"
)

// want says what of an issue is asked for.
type want struct {
	fields     []string // as asked, *all and -field among them
	properties []string
	changelog  bool
	comments   int // at most so many embedded; 0 is all
}

// showIssue is an issue's state as Jira shows it.
func (c *call) showIssue(i *issue, s *state, ask want) object {
	o := object{
		"expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields",
		"id":     i.id, "key": s.key, "self": c.self("/issue/" + i.id),
	}
	fields := object{}
	layout := c.layout(c.project(s.project, ""), text(asObject(s.fields["issuetype"], "id")["id"]))
	for _, id := range c.asked(s, ask.fields) {
		value, has := c.showField(i, s, id, ask.comments)
		if has || slices.Contains(layout, id) {
			fields[id] = value
		}
	}
	o["fields"] = fields
	if len(ask.properties) > 0 {
		o["properties"] = pick(s.properties, ask.properties)
	}
	if ask.changelog {
		o["changelog"] = c.embeddedChangelog(i)
	}
	return o
}

func pick(properties map[string]any, keys []string) object {
	picked := object{}
	for _, key := range keys {
		if value, has := properties[key]; has || key == "*all" {
			picked[key] = value
		}
	}
	if slices.Contains(keys, "*all") {
		return properties
	}
	return picked
}

// asked expands the list of fields asked for into ids.
func (c *call) asked(s *state, list []string) []string {
	var ids []string
	all := len(list) == 0
	for _, id := range list {
		switch {
		case id == "*all" || id == "*navigable" || strings.HasPrefix(id, "-"):
			all = true
		default:
			ids = append(ids, id)
		}
	}
	if all {
		for _, f := range c.site.fields {
			ids = append(ids, f.ID)
		}
	}
	return slices.DeleteFunc(ids, func(id string) bool {
		return slices.Contains(list, "-"+id) || id == "comment" && slices.Contains(list, "*navigable")
	})
}

// showField is one field of an issue, and whether the issue has it.
func (c *call) showField(i *issue, s *state, id string, comments int) (any, bool) {
	switch id {
	case "project":
		return c.remember("project ", s.project, func() object { return c.showProject(c.project(s.project, "")) }), true
	case "created":
		return c.show(s.created), true
	case "updated":
		return c.show(s.updated), true
	case "comment":
		return c.embeddedComments(i, s, comments), true
	case "statusCategory":
		if c.datacenter() {
			return nil, false
		}
		return c.showStatus(s.fields["status"])["statusCategory"], true
	}
	v, has := s.fields[id]
	if _, defined := c.field(id); !defined {
		return nil, false
	}
	if v == nil {
		return nil, has
	}
	return c.showValue(id, v), true
}

// showValue shows a kept value; what it refers to is shown as it is now.
func (c *call) showValue(id string, v any) any {
	switch id {
	case "issuetype":
		return c.remember("type ", idOf(v), func() object { return c.showType(v) })
	case "status":
		return c.remember("status ", idOf(v), func() object { return c.showStatus(v) })
	case "priority":
		return c.showPriority(v)
	case "assignee", "reporter", "creator":
		id := text(asObject(v, "accountId")["accountId"])
		return c.remember("user ", id, func() object { return c.showUser(id) })
	case "parent":
		return c.showReference(v)
	case "subtasks":
		return shown(asList(v), c.showReference)
	case "issuelinks":
		return c.showLinks(asList(v))
	case "resolutiondate", "statuscategorychangedate":
		return c.reshow(v)
	case c.FieldID(EpicLinkField):
		return c.showEpicLink(v)
	case c.FieldID(SprintField):
		return c.showSprints(asList(v))
	}
	if f, _ := c.field(id); c.v3 && f.rich() {
		return document(text(v))
	}
	return v
}

// showReference is another issue as parents, sub-tasks and links show it. One
// that is not on the site, or not for us, is shown as the record has it.
func (c *call) showReference(v any) object {
	i := c.referred(v)
	if !c.sees(i) {
		o, _ := plain(v).(object)
		return o
	}
	s := i.now()
	return object{"id": i.id, "key": s.key, "self": c.self("/issue/" + i.id), "fields": object{
		"summary": s.fields["summary"], "status": c.showStatus(s.fields["status"]),
		"priority": c.showPriority(s.fields["priority"]), "issuetype": c.showType(s.fields["issuetype"]),
	}}
}

// showLinks leaves out links to issues that are deleted or not for us.
func (c *call) showLinks(links []any) []object {
	visible := []object{}
	for _, entry := range links {
		link, _ := plain(entry).(object)
		link["type"] = c.showLinkType(text(asObject(link["type"], "id")["id"]))
		link["self"] = c.self("/issueLink/" + text(link["id"]))
		for _, end := range []string{"inwardIssue", "outwardIssue"} {
			ref, has := link[end].(object)
			if !has {
				continue
			}
			known := c.issues[text(ref["id"])] // a grown one shows
			if known != nil && (known.now().gone || !c.sees(known)) {
				link = nil
				break
			}
			link[end] = c.showReference(ref)
		}
		if link != nil {
			visible = append(visible, link)
		}
	}
	return visible
}

// showSprints shows the Sprint field: objects, or on a Data Center what Java
// prints of them.
func (c *call) showSprints(ids []any) any {
	if c.datacenter() {
		printed := []string{}
		for _, id := range ids {
			n, _ := number(id)
			s, _ := c.sprint(n)
			printed = append(printed, s.print())
		}
		return printed
	}
	return shown(ids, func(id any) object {
		n, _ := number(id)
		s, _ := c.sprint(n)
		return s.show("boardId")
	})
}

// idOf is the id of what a kept value refers to.
func idOf(v any) string { return text(asObject(v, "id")["id"]) }
