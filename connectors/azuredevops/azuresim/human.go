package azuresim

import (
	"fmt"
	"net/http"
	"slices"
)

// Person edits the world as somebody who sits in front of the web pages: with
// all rights, and without a trace in the truth. Its errors say what the service
// would refuse.
type Person struct {
	world *World
	who   Identity
}

// As is somebody else, such as a second bot.
func (w *World) As(who Identity) Person { return Person{world: w, who: who} }

// edit runs one change of one item.
func (p Person) edit(id int, change func(it *item) error) error {
	p.world.mu.Lock()
	defer p.world.mu.Unlock()
	it, err := p.world.find(id)
	if err == nil {
		p.world.keep(it)
		err = change(it)
	}
	if err != nil {
		return fmt.Errorf("edit work item %d: %w", id, err)
	}
	return nil
}

// SetField sets a field; nil clears it. People may be named "Name <mail>".
func (p Person) SetField(id int, ref string, value any) error {
	return p.edit(id, func(it *item) error {
		f := p.world.field(ref)
		if f == nil {
			return noField(ref)
		}
		if f.Ref == "System.Tags" {
			return p.setTags(it, splitTags(text(value)))
		}
		kept, err := p.world.coerce(it.project, f, it.text("System.WorkItemType"), value)
		if err == nil {
			p.world.revise(it, p.who, map[string]any{f.Ref: kept})
		}
		return err
	})
}

func (p Person) setTags(it *item, tags []string) error {
	if err := it.project.checkTags(tags); err != nil {
		return err
	}
	it.project.defineTags(tags)
	var value any
	if len(tags) > 0 {
		value = it.project.joinTags(tags)
	}
	p.world.revise(it, p.who, map[string]any{"System.Tags": value})
	return nil
}

// AddTag adds one tag.
func (p Person) AddTag(id int, name string) error {
	return p.edit(id, func(it *item) error {
		return p.setTags(it, append(splitTags(it.text("System.Tags")), name))
	})
}

// RemoveTag removes one tag, however it is spelt.
func (p Person) RemoveTag(id int, name string) error {
	return p.edit(id, func(it *item) error {
		return p.setTags(it, slices.DeleteFunc(splitTags(it.text("System.Tags")),
			func(t string) bool { return key(t) == key(name) }))
	})
}

// AddComment posts HTML and returns the comment's id.
func (p Person) AddComment(id int, html string) (int, error) {
	var posted int
	err := p.edit(id, func(it *item) error {
		posted = p.world.comment(it, p.who, sanitize(html), "html", map[string]any{}).comment.id
		return nil
	})
	return posted, err
}

// EditComment changes a comment, whoever wrote it.
func (p Person) EditComment(id, commentID int, html string) error {
	return p.edit(id, func(it *item) error {
		c, err := it.findComment(commentID)
		if err == nil {
			p.world.rewrite(it, c, p.who, sanitize(html))
		}
		return err
	})
}

// DeleteComment deletes a comment, whoever wrote it.
func (p Person) DeleteComment(id, commentID int) error {
	return p.edit(id, func(it *item) error {
		c, err := it.findComment(commentID)
		if err == nil {
			p.world.retract(it, c, p.who)
		}
		return err
	})
}

// Link links two work items; rel is a relation's name as it stands on the first
// ("System.LinkTypes.Hierarchy-Reverse" makes the second its parent). Neither
// gets a revision.
func (p Person) Link(id int, rel string, to int) error {
	return p.edit(id, func(it *item) error {
		l, ok := newLink(id, rel, to)
		if !ok {
			return noRelationType(rel)
		}
		if err := p.world.checkLink(l, nil); err != nil {
			return err
		}
		p.world.put(l, p.world.person(p.who), wireTime(p.world.now()))
		p.world.tellLink(l)
		return nil
	})
}

// Unlink takes a link away.
func (p Person) Unlink(id int, rel string, to int) error {
	return p.edit(id, func(it *item) error {
		l, ok := newLink(id, rel, to)
		if !ok {
			return noRelationType(rel)
		}
		known := p.world.existing(l)
		if known == nil {
			return refused(http.StatusBadRequest, "WorkItemLinkNotFoundException", "there is no link %s", l)
		}
		p.world.cut(known, p.world.person(p.who))
		return nil
	})
}

// Hyperlink hangs an address on an item. That is a revision.
func (p Person) Hyperlink(id int, url, comment string) error {
	return p.edit(id, func(it *item) error {
		r := p.world.external("Hyperlink", url, map[string]any{"comment": comment})
		it.externals = append(it.externals, r)
		p.world.revise(it, p.who, nil).added = []map[string]any{r}
		return nil
	})
}
