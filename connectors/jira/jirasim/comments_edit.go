package jirasim

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// addComment appends a comment; that moves `updated` and leaves the changelog alone.
func (w *World) addComment(i *issue, account, words string, properties []any) map[string]any {
	author := object{"accountId": account}
	o := object{
		"id": w.commentID(), "body": words, "author": author, "updateAuthor": author,
		"created": w.show(w.now()), "updated": w.show(w.now()),
	}
	if properties != nil {
		o["properties"] = properties
	}
	next := i.now().edit()
	next.comments = append(next.comments, o)
	w.commit(i, next, true)
	w.tellComment("comment_created", i, o)
	return o
}

// changeComment replaces a comment's words, and its properties by key.
func (w *World) changeComment(i *issue, at int, account, words string, properties []any) map[string]any {
	next := i.now().edit()
	o := maps.Clone(next.comments[at])
	o["body"], o["updateAuthor"], o["updated"] = words, object{"accountId": account}, w.show(w.now())
	for _, property := range properties {
		o["properties"] = withProperty(asList(o["properties"]), property.(object))
	}
	next.comments[at] = o
	w.commit(i, next, true)
	w.tellComment("comment_updated", i, o)
	return o
}

// withProperty puts a property into a list, in place of one with its key.
func withProperty(list []any, property object) []any {
	kept := slices.DeleteFunc(list, func(p any) bool { return asObject(p, "key")["key"] == property["key"] })
	return append(kept, property)
}

// dropComment deletes a comment; that moves `updated`.
func (w *World) dropComment(i *issue, at int) {
	next := i.now().edit()
	o := next.comments[at]
	next.comments = slices.Delete(next.comments, at, at+1)
	w.commit(i, next, true)
	w.tellComment("comment_deleted", i, o)
}

// ownComment is the comment that the path names, if the account may change it:
// its own with the permission for own ones, others' with that for all.
func (c *call) ownComment(verb string) (i *issue, at int, wrong *reply) {
	i = c.visible()
	if i == nil {
		return nil, 0, new(noIssue())
	}
	id := c.path("comment")
	if at = i.now().commentAt(id); at < 0 {
		return nil, 0, new(noComment(id))
	}
	p := c.project(i.now().project, "")
	own := authorOf(i.now().comments[at], "author") == c.settings.Account
	if !c.may(p, verb+"_ALL_COMMENTS") && (!own || !c.may(p, verb+"_OWN_COMMENTS")) {
		sentence := map[string]string{"EDIT": "edit", "DELETE": "delete"}[verb]
		return nil, 0, new(fault(http.StatusBadRequest, fmt.Sprintf("You do not have permission to %s comment with id: '%s'.", sentence, id)))
	}
	return i, at, nil
}

func putComment(c *call) reply {
	i, at, wrong := c.ownComment("EDIT")
	if wrong != nil {
		return *wrong
	}
	words, properties, wrong := c.remark()
	if wrong == nil {
		wrong = c.admit(i)
	}
	if wrong != nil {
		return *wrong
	}
	o := c.changeComment(i, at, c.settings.Account, words, properties)
	c.tellCustomers(i, o)
	simulator.Note(c.r, i.now().key, "comment "+text(o["id"])+" edited")
	if c.mails() {
		simulator.NoteMail(c.r)
	}
	return ok(c.showComment(i, o, false))
}

func deleteComment(c *call) reply {
	i, at, wrong := c.ownComment("DELETE")
	if wrong == nil {
		wrong = c.admit(i)
	}
	if wrong != nil {
		return *wrong
	}
	c.dropComment(i, at)
	simulator.Note(c.r, i.now().key, "comment "+c.path("comment")+" deleted")
	return noContent
}
