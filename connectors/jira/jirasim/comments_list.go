package jirasim

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// commentsByID answers POST comment/list: up to 1,000 ids from any issues, with
// properties when they are expanded. Ids that are missing or not for us are
// left out.
func commentsByID(c *call) reply {
	var ask struct {
		IDs []int64 `json:"ids"`
	}
	if wrong := c.decode(&ask, true); wrong != nil {
		return *wrong
	}
	if len(ask.IDs) == 0 || len(ask.IDs) > 1000 {
		return fault(http.StatusBadRequest, "The number of ids must be between 1 and 1000.")
	}
	expand := slices.Contains(c.listed("expand"), "properties")
	found := []object{}
	for _, i := range c.order {
		if !c.sees(i) || i.now().gone {
			continue
		}
		for _, o := range i.now().comments {
			if id, _ := number(o["id"]); slices.Contains(ask.IDs, int64(id)) {
				found = append(found, c.showComment(i, o, expand))
			}
		}
	}
	return ok(object{"startAt": 0, "maxResults": 1048576, "total": len(found), "isLast": true, "values": found})
}

// anyComment finds a visible comment by its id alone.
func (c *call) anyComment(id string) (*issue, int) {
	for _, i := range c.order {
		if at := i.now().commentAt(id); at >= 0 && !i.now().gone && c.sees(i) {
			return i, at
		}
	}
	return nil, -1
}

func listCommentProperties(c *call) reply {
	i, at := c.anyComment(c.path("comment"))
	if at < 0 {
		return noComment(c.path("comment"))
	}
	return ok(object{"keys": shown(asList(i.now().comments[at]["properties"]), func(p any) object {
		key := text(asObject(p, "key")["key"])
		return object{"key": key, "self": c.self("/comment/" + c.path("comment") + "/properties/" + key)}
	})})
}

func getCommentProperty(c *call) reply {
	i, at := c.anyComment(c.path("comment"))
	if at < 0 {
		return noComment(c.path("comment"))
	}
	for _, p := range asList(i.now().comments[at]["properties"]) {
		if o := asObject(p, "key"); o["key"] == c.path("key") {
			return ok(o)
		}
	}
	return noProperty(c.path("key"))
}

// putCommentProperty needs the right to edit the comment.
func putCommentProperty(c *call) reply {
	i, at := c.anyComment(c.path("comment"))
	if at < 0 {
		return noComment(c.path("comment"))
	}
	if authorOf(i.now().comments[at], "author") != c.settings.Account {
		return fault(http.StatusForbidden, fmt.Sprintf("You do not have permission to edit comment with id: '%s'.", c.path("comment")))
	}
	key := c.path("key")
	value, wrong := validProperty(key, c.body)
	if wrong == nil {
		wrong = c.admit(i)
	}
	if wrong != nil {
		return *wrong
	}
	c.setCommentProperty(i, at, object{"key": key, "value": value})
	simulator.Note(c.r, i.now().key, "comment "+c.path("comment")+" property "+key+" set")
	return ok(object{})
}

// setCommentProperty leaves `updated` alone, unlike a change of the words.
func (w *World) setCommentProperty(i *issue, at int, property object) {
	next := i.now().edit()
	o := object{}
	for name, value := range next.comments[at] {
		o[name] = value
	}
	o["properties"] = withProperty(asList(o["properties"]), property)
	next.comments[at] = o
	w.commit(i, next, false)
}
