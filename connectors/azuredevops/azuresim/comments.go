package azuresim

import (
	"net/http"
	"strconv"
)

// comment is one of an item's discussion. Deleted ones stay, unseen.
type comment struct {
	id, version, rev int // rev is the revision that it came with
	text, format     string
	createdBy        map[string]any
	createdAt        string
	modifiedBy       map[string]any
	modifiedAt       string
	deleted          bool
}

// comment posts a comment: a revision with the text as its history.
func (w *World) comment(it *item, by Identity, text, format string, set map[string]any) *revision {
	w.last.comment++
	set["System.History"] = text
	set["System.CommentCount"] = whole(it.current().fields["System.CommentCount"]) + 1
	rv := w.revise(it, by, set)
	at := wireTime(w.now())
	c := &comment{id: w.last.comment, version: 1, rev: rv.rev, text: text, format: format,
		createdBy: w.person(by), createdAt: at, modifiedBy: w.person(by), modifiedAt: at}
	it.comments = append(it.comments, c)
	rv.comment = c
	w.tellComment(it)
	return rv
}

// rewrite edits a comment, which is a revision of the item.
func (w *World) rewrite(it *item, c *comment, by Identity, text string) {
	c.text = text
	w.touch(it, c, by, map[string]any{})
}

// retract deletes a comment, which is a revision of the item.
func (w *World) retract(it *item, c *comment, by Identity) {
	c.deleted = true
	w.touch(it, c, by, map[string]any{"System.CommentCount": max(whole(it.current().fields["System.CommentCount"])-1, 0)})
}

func (w *World) touch(it *item, c *comment, by Identity, set map[string]any) {
	c.version++
	c.modifiedBy, c.modifiedAt = w.person(by), wireTime(w.now())
	w.revise(it, by, set).comment = c
}

// findComment finds a comment that is not deleted.
func (it *item) findComment(id int) (*comment, error) {
	for _, c := range it.comments {
		if c.id == id && !c.deleted {
			return c, nil
		}
	}
	return nil, refused(http.StatusNotFound, "WorkItemCommentNotFoundException",
		"The comment %d of work item %d does not exist.", id, it.id)
}

// object is a comment as the wire has it.
func (c *comment) object(it *item, base string) map[string]any {
	shown := map[string]any{
		"workItemId": it.id, "id": c.id, "version": c.version, "text": c.text, "format": c.format,
		"createdBy": c.createdBy, "createdDate": c.createdAt,
		"modifiedBy": c.modifiedBy, "modifiedDate": c.modifiedAt, "url": c.url(it, base),
	}
	if c.deleted {
		shown["isDeleted"] = true
	}
	return shown
}

func (c *comment) url(it *item, base string) string {
	return base + "/" + it.project.id + "/_apis/wit/workItems/" + strconv.Itoa(it.id) + "/comments/" + strconv.Itoa(c.id)
}

// versionRef is what a revision says of the comment that it came with.
func (c *comment) versionRef(it *item, base string) map[string]any {
	return map[string]any{"commentId": c.id, "version": c.version, "createdInRevision": c.rev,
		"url": c.url(it, base) + "/versions/" + strconv.Itoa(c.version)}
}

// Comments lists an item's comments as the wire has them, oldest first, without
// deleted ones.
func (w *World) Comments(id int) []map[string]any {
	w.mu.Lock()
	defer w.mu.Unlock()
	it := w.item(id)
	if it == nil {
		return nil
	}
	var all []map[string]any
	for _, c := range it.comments {
		if !c.deleted {
			all = append(all, c.object(it, w.canonical()))
		}
	}
	return all
}
