package azuresim

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// tag is a tag definition of a project. Its first spelling is kept.
type tag struct{ id, name, updated string }

// Limits of tags, as the service documents them.
const (
	maxTags      = 100 // per work item
	maxTagLength = 400 // characters
)

// splitTags reads a list of tags: semicolons and commas part them.
func splitTags(list string) []string {
	var names []string
	for _, name := range strings.FieldsFunc(list, func(r rune) bool { return r == ';' || r == ',' }) {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// joinTags is what the field holds: each tag once, in the project's spelling,
// in the order of the alphabet.
func (p *project) joinTags(names []string) string {
	byKey := map[string]string{}
	for _, name := range names {
		if known, ok := p.tags[key(name)]; ok {
			name = known.name
		}
		if _, twice := byKey[key(name)]; !twice {
			byKey[key(name)] = name
		}
	}
	keys := make([]string, 0, len(byKey))
	for k := range byKey {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	joined := make([]string, len(keys))
	for i, k := range keys {
		joined[i] = byKey[k]
	}
	return strings.Join(joined, "; ")
}

// checkTags holds the tags that an item is to have against the service's rules.
func (p *project) checkTags(names []string) error {
	if len(names) > maxTags {
		return refused(http.StatusBadRequest, "TooManyTagsException",
			"A work item can have at most %d tags.", maxTags)
	}
	for _, name := range names {
		if strings.HasPrefix(name, "@") || utf8.RuneCountInString(name) > maxTagLength {
			return refused(http.StatusBadRequest, "InvalidTagNameException", "The following tag name is not valid: %s", name)
		}
		if _, known := p.tags[key(name)]; !known {
			if err := p.world.need(CreateTags); err != nil {
				return err
			}
		}
	}
	return nil
}

// defineTags makes tags known to the project.
func (p *project) defineTags(names []string) {
	for _, name := range names {
		if _, known := p.tags[key(name)]; !known {
			p.tags[key(name)] = &tag{id: guid("tag", p.id+"/"+key(name)), name: name, updated: wireTime(p.world.now())}
		}
	}
}

func (p *project) tagObject(c *call, t *tag) map[string]any {
	return map[string]any{"id": t.id, "name": t.name, "lastUpdated": t.updated,
		"url": c.base + "/" + p.id + "/_apis/wit/tags/" + t.id}
}

// listTags answers GET {project}/wit/tags.
func listTags(c *call) (any, error) {
	var all []map[string]any
	for _, t := range c.project.tags {
		all = append(all, c.project.tagObject(c, t))
	}
	slices.SortFunc(all, func(a, b map[string]any) int { return strings.Compare(key(text(a["name"])), key(text(b["name"]))) })
	return list(all), nil
}

// getTag answers GET {project}/wit/tags/{tag}, by id or name.
func getTag(c *call) (any, error) {
	for _, t := range c.project.tags {
		if strings.EqualFold(t.id, c.vars["tag"]) || strings.EqualFold(t.name, c.vars["tag"]) {
			return c.project.tagObject(c, t), nil
		}
	}
	return nil, refused(http.StatusNotFound, "TagNotFoundException", "The tag %s could not be found.", c.vars["tag"])
}
