package azuresim

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxComments is the largest page of comments.
const maxComments = 200

// listComments answers GET comments: newest first, in pages.
func listComments(c *call) (any, error) {
	it, err := c.item("id")
	if err != nil {
		return nil, err
	}
	shown := slices.DeleteFunc(slices.Clone(it.comments), func(o *comment) bool { return o.deleted && !c.flag("includedeleted") })
	total := len(shown)
	if !strings.EqualFold(c.query["order"], "asc") {
		slices.Reverse(shown)
	}
	if after, ok := readToken(c.query["continuationtoken"]); ok {
		at := slices.IndexFunc(shown, func(o *comment) bool { return o.id == after })
		shown = shown[at+1:]
	}
	top := min(max(c.number("$top", maxComments), 1), maxComments)
	answer := map[string]any{"totalCount": total, "comments": []any{}}
	if len(shown) > top {
		token := base64.RawURLEncoding.EncodeToString([]byte("comment " + strconv.Itoa(shown[top-1].id)))
		answer["continuationToken"] = token
		answer["nextPage"] = c.base + "/" + it.project.id + "/_apis/wit/workItems/" + strconv.Itoa(it.id) +
			"/comments?continuationToken=" + url.QueryEscape(token)
		shown = shown[:top]
	}
	rows := make([]map[string]any, len(shown))
	for i, o := range shown {
		rows[i] = c.showComment(it, o)
	}
	answer["comments"], answer["count"] = rows, len(rows)
	return answer, nil
}

// remark is a comment as the edition shows it: a Server knows HTML only, and
// says no format.
func (c *call) remark(it *item, o *comment) map[string]any {
	shown := o.object(it, c.base)
	if c.w.onServer() {
		delete(shown, "format")
	}
	return shown
}

// showComment adds the rendered text where it is asked for.
func (c *call) showComment(it *item, o *comment) map[string]any {
	shown := c.remark(it, o)
	if c.w.onServer() {
		return shown
	}
	if expand := key(c.query["$expand"]); strings.Contains(expand, "renderedtext") || expand == "all" {
		shown["renderedText"] = o.text
	}
	return shown
}

func readToken(token string) (id int, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return 0, false
	}
	number, found := strings.CutPrefix(string(raw), "comment ")
	id, err = strconv.Atoi(number)
	return id, found && err == nil
}

func getComment(c *call) (any, error) {
	it, o, err := c.comment()
	if err != nil {
		return nil, err
	}
	return c.showComment(it, o), nil
}

// postComment answers POST comments.
func postComment(c *call) (any, error) {
	it, err := c.item("id")
	if err != nil {
		return nil, err
	}
	text, err := c.commentText(it)
	if err != nil {
		return nil, err
	}
	format := "html"
	if strings.EqualFold(c.query["format"], "markdown") && !c.w.onServer() {
		format = "markdown"
	}
	rv := c.w.comment(it, c.w.settings.Account, text, format, map[string]any{})
	c.note(it.id, fmt.Sprintf("comment %d posted", rv.comment.id))
	return c.remark(it, rv.comment), nil
}

// patchComment answers PATCH comments/{comment}: only its author may.
func patchComment(c *call) (any, error) {
	it, o, err := c.ownComment()
	if err != nil {
		return nil, err
	}
	text, err := c.commentText(it)
	if err != nil {
		return nil, err
	}
	c.w.rewrite(it, o, c.w.settings.Account, text)
	c.note(it.id, fmt.Sprintf("comment %d edited", o.id))
	return c.remark(it, o), nil
}

func deleteComment(c *call) (any, error) {
	it, o, err := c.ownComment()
	if err != nil {
		return nil, err
	}
	if err := c.w.mayWrite(it, SaveComments); err != nil {
		return nil, err
	}
	c.w.retract(it, o, c.w.settings.Account)
	c.note(it.id, fmt.Sprintf("comment %d deleted", o.id))
	c.status = http.StatusNoContent
	return nil, nil
}

// commentText reads a comment's body and holds the writer's rights against it.
func (c *call) commentText(it *item) (string, error) {
	var body struct {
		Text string `json:"text"`
	}
	if err := c.decode(&body); err != nil {
		return "", err
	}
	if strings.TrimSpace(body.Text) == "" {
		return "", badArgument("Value cannot be null or empty. Parameter name: text")
	}
	if err := c.w.mayWrite(it, SaveComments); err != nil {
		return "", err
	}
	return sanitize(body.Text), nil
}

func (c *call) comment() (*item, *comment, error) {
	it, err := c.item("id")
	if err != nil {
		return nil, nil, err
	}
	o, err := it.findComment(whole(c.vars["comment"]))
	return it, o, err
}

func (c *call) ownComment() (*item, *comment, error) {
	it, o, err := c.comment()
	if err == nil && text(o.createdBy["id"]) != text(c.w.person(c.w.settings.Account)["id"]) {
		err = refused(http.StatusForbidden, "WorkItemCommentUpdateException",
			"The comment %d can be changed by its author only.", o.id)
	}
	return it, o, err
}
