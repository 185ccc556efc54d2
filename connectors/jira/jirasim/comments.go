package jirasim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// maxComment bounds a comment, in characters.
const maxComment = 32767

// showComment is a comment; its properties only where they are expanded.
func (c *call) showComment(i *issue, o map[string]any, expand bool) object {
	var body any = text(o["body"])
	if c.v3 {
		body = document(text(o["body"]))
	}
	seen := object{
		"self": c.self("/issue/" + i.id + "/comment/" + text(o["id"])), "id": text(o["id"]), "body": body,
		"author": c.showUser(authorOf(o, "author")), "updateAuthor": c.showUser(authorOf(o, "updateAuthor")),
		"created": c.showTime(o["created"]), "updated": c.showTime(o["updated"]),
	}
	if !c.datacenter() {
		seen["jsdPublic"] = c.public(i, o)
	}
	if expand {
		properties := o["properties"]
		if properties == nil {
			properties = []any{}
		}
		seen["properties"] = properties
	}
	if o["visibility"] != nil {
		seen["visibility"] = o["visibility"]
	}
	return seen
}

func authorOf(o map[string]any, role string) string {
	return text(asObject(o[role], "accountId")["accountId"])
}

// embeddedComments is fields.comment, cut to the limit when there is one.
func (c *call) embeddedComments(i *issue, s *state, limit int) object {
	list := s.comments
	if limit > 0 {
		list = list[:min(len(list), limit)]
	}
	return object{
		"self":  c.self("/issue/" + i.id + "/comment"),
		"total": len(s.comments), "startAt": 0, "maxResults": len(list),
		"comments": shown(list, func(o map[string]any) object { return c.showComment(i, o, false) }),
	}
}

// listComments pages through an issue's comments, by creation.
func listComments(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	sorted := slices.Clone(i.now().comments)
	slices.SortStableFunc(sorted, func(a, b map[string]any) int {
		first, _ := parseStamp(a["created"])
		second, _ := parseStamp(b["created"])
		return first.Compare(second)
	})
	switch c.query("orderBy") {
	case "", "created", "+created":
	case "-created":
		slices.Reverse(sorted)
	default:
		return fault(http.StatusBadRequest, "The orderBy parameter is invalid. Valid values are: created, -created, +created.")
	}
	page, frame := window(c, sorted, 100, 5000)
	frame["comments"] = shown(page, func(o map[string]any) object { return c.showComment(i, o, false) })
	return ok(frame)
}

func getComment(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	at := i.now().commentAt(c.path("comment"))
	if at < 0 {
		return noComment(c.path("comment"))
	}
	return ok(c.showComment(i, i.now().comments[at], false))
}

// commentAt is the place of a comment among the state's, -1 when it is not there.
func (s *state) commentAt(id string) int {
	return slices.IndexFunc(s.comments, func(o map[string]any) bool { return text(o["id"]) == id })
}

func noComment(id string) reply {
	return fault(http.StatusNotFound, fmt.Sprintf("Can not find a comment for the id: %s.", id))
}

// remark is the body of a comment that is posted or put.
type remark struct {
	Body       any    `json:"body"`
	Visibility object `json:"visibility"`
	Properties []struct {
		Key   string          `json:"key"`
		Value json.RawMessage `json:"value"`
	} `json:"properties"`
}

// remark reads and checks the comment that a request carries.
func (c *call) remark() (words string, properties []any, wrong *reply) {
	var body remark
	if wrong := c.decode(&body, false); wrong != nil {
		return "", nil, wrong
	}
	if _, isText := body.Body.(string); isText == c.v3 {
		return "", nil, new(fieldFault(map[string]string{"comment": "Comment body is not valid!"}))
	}
	words = wiki(body.Body)
	switch {
	case strings.TrimSpace(words) == "":
		return "", nil, new(fieldFault(map[string]string{"comment": "Comment body can not be empty!"}))
	case len([]rune(words)) > maxComment:
		return "", nil, new(fieldFault(map[string]string{"comment": "The entered text is too long. It exceeds the allowed limit of 32,767 characters."}))
	}
	for _, property := range body.Properties {
		value, wrong := validProperty(property.Key, property.Value)
		if wrong != nil {
			return "", nil, wrong
		}
		properties = append(properties, object{"key": property.Key, "value": value})
	}
	return words, properties, nil
}

// postComment always tells the watchers: it has no notifyUsers.
func postComment(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	if !c.may(c.project(i.now().project, ""), "ADD_COMMENTS") {
		return fault(http.StatusBadRequest, "You do not have the permission to comment on this issue.")
	}
	words, properties, wrong := c.remark()
	if wrong == nil {
		wrong = c.admit(i)
	}
	if wrong != nil {
		return *wrong
	}
	o := c.addComment(i, c.settings.Account, words, properties)
	c.tellCustomers(i, o)
	simulator.Note(c.r, i.now().key, "comment "+text(o["id"])+" posted")
	simulator.NoteMail(c.r)
	return reply{status: http.StatusCreated, body: c.showComment(i, o, false)}
}
