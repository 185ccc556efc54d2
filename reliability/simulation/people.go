package simulation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// happen is what goes on between two requests.
func (c *client) happen() error {
	if c.home.dead {
		return errDead
	}
	c.advance(time.Duration(c.between(1, 3)) * time.Second)
	if c.calm {
		return nil
	}
	c.meddle()
	if c.strikes("stall") { // the process stands still; time does not
		c.advance(time.Duration(c.between(1, 15)) * time.Minute)
		c.meddle()
	}
	if c.strikes("pause") {
		if err := c.home.db.SwitchOff(context.Background(), "", "somebody wants it"); err == nil {
			c.tell("writing is stopped")
			c.paused = c.seq
		}
	}
	if err := c.others(); err != nil {
		return err
	}
	if c.strikes("crash") {
		c.home.die()
		return errDead
	}
	return nil
}

// others lets another process do a whole pass while this one waits.
func (c *client) others() error {
	if c.nested || len(c.replicas) == 1 || !c.strikes("other-process") {
		return nil
	}
	c.nested = true
	defer func() { c.nested = false }()
	for _, p := range c.replicas {
		if p != c.home {
			if _, err := p.pass(context.Background()); err != nil {
				return err
			}
		}
	}
	return nil
}

// meddle lets somebody edit something, perhaps; some items are hidden or cannot
// be read for a while.
func (w *world) meddle() {
	if w.strikes("edit") {
		w.edit()
	}
	r := w.somebody()
	if w.strikes("hide") {
		w.hide(r, time.Duration(w.between(1, 600))*time.Minute)
	}
	if w.strikes("break") {
		r.broken = w.now.Add(time.Duration(w.between(1, 600)) * time.Minute)
		w.tell("%s cannot be read until %s", r.item.Key, r.broken.Format(time.TimeOnly))
	}
}

// hide hides an item by a security level, which is an edit, and so is its end.
func (w *world) hide(r *record, d time.Duration) {
	r.hidden = w.now.Add(d)
	w.changed(r, "hides it until "+r.hidden.Format(time.TimeOnly))
	w.deliver(d, func() {
		if !r.hidden.IsZero() && !r.hidden.After(w.now) {
			r.hidden = time.Time{}
			w.changed(r, "shows it again")
		}
	})
}

func (w *world) somebody() *record { return w.records[pick(&w.dice, w.order...)] }

// edit is one edit of a person or of the second bot.
func (w *world) edit() {
	r := w.somebody()
	w.report.Edits++
	switch n := w.IntN(20); {
	case n < 7:
		w.knob(r, w.IntN(3), pick(&w.dice, "fine", "fine", "gap 1", "gap 2"))
	case n < 9:
		r.item.Body = fmt.Sprintf("text %d", w.seq)
		w.changed(r, "describes it")
	case n < 12:
		w.toggle(r, pick(&w.dice, "mobile", "urgent", "triaged"))
	case n < 14:
		w.toggle(r, pick(&w.dice, umbrella, prefix+"gap-a", prefix+"gap-b", prefix+"gap-c"))
	case n < 15:
		r.comments = append(r.comments, remark{id: fmt.Sprintf("p%d", w.seq), text: "I do not think so.", changed: w.now})
		w.changed(r, "says something")
	case n < 17:
		w.editComment(r)
	case n < 18:
		w.deleteComment(r)
	case n < 19:
		w.clone(r)
	default:
		r.item.Assignee.ID = pick(&w.dice, "p0", "p1", "p2")
		w.changed(r, "gives it to "+r.item.Assignee.ID)
	}
}

func (w *world) changed(r *record, what string) {
	w.touch(r, false, "")
	w.tell("somebody on %s %s", r.item.Key, what)
}

// knob opens or closes a gap.
func (w *world) knob(r *record, which int, to string) {
	switch which {
	case 0:
		r.item.Text.Role = to
	case 1:
		r.item.Text.Means = to
	default:
		r.item.Text.Ends = to
	}
	w.changed(r, fmt.Sprintf("sets %d to %q", which, to))
}

// toggle takes a label off, or puts it on.
func (w *world) toggle(r *record, name string) {
	ofOurs := name == umbrella || strings.HasPrefix(name, prefix)
	if ofOurs {
		r.meddled = true
	}
	if i := r.tag(name); i >= 0 {
		if r.labels[i].by != person {
			r.gone[name] = true
		}
		r.labels = slices.Delete(r.labels, i, i+1)
		w.changed(r, "takes off "+name)
		return
	}
	by := person
	if r.gone[name] { // nobody has looked in between
		by = shared
		delete(r.gone, name)
	}
	r.labels = append(r.labels, tag{name: name, by: by, since: w.now})
	w.changed(r, "puts on "+name)
}

// editComment and deleteComment choose one of ours.
func (w *world) editComment(r *record) {
	for i := range r.comments {
		if x := &r.comments[i]; x.mine {
			w.touch(r, false, "")
			x.text, x.edited, x.touched, x.changed = "See above. "+x.text, true, w.seq, w.now
			r.meddled = true
			w.tell("somebody edits %s", x.id)
			return
		}
	}
}

func (w *world) deleteComment(r *record) {
	for i, x := range r.comments {
		if x.mine {
			r.comments = slices.Delete(r.comments, i, i+1)
			r.meddled = true
			w.changed(r, "deletes "+x.id)
			return
		}
	}
}

// clone makes another item of one, with all that is on it.
func (w *world) clone(from *record) {
	if len(w.order) >= 9 {
		return
	}
	t := from.item.Text
	r := w.add(t.Role, t.Means, t.Ends)
	r.meddled = true
	for _, l := range from.labels {
		r.labels = append(r.labels, tag{name: l.name, by: person, since: w.now})
	}
	for i, x := range from.comments {
		x.id, x.mine = fmt.Sprintf("%sk%d", r.item.ID.ID, i), false
		r.comments = append(r.comments, x)
	}
	w.changed(r, "is a clone of "+from.item.Key)
}
