package simulation

import (
	"slices"
	"strconv"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// apply is what the tracker does with a request. It also holds it against what
// may be written; read and seen are the events at which the sender read the
// item and its comments last.
func (w *world) apply(from string, q request, pass time.Time, late bool, read, seen int) backlog.Receipt {
	r := w.records[q.Item]
	switch {
	case r == nil || r.hidden.After(w.now) && !late:
		return refuse(backlog.Absent, "404")
	case q.What == "patch" && q.Rev != r.rev:
		return refuse(backlog.Stale, "412")
	case q.Comment != "" && r.remark(q.Comment) < 0:
		if q.Delete {
			w.already[q.step()] = true
			return backlog.Receipt{Outcome: backlog.Applied, Comment: q.Comment}
		}
		return refuse(backlog.Absent, "404")
	}
	effect, comment := w.relabel(r, q), ""
	if q.Text != "" || q.Delete {
		var changed bool
		comment, changed = w.remark(r, q, late, seen)
		effect = effect || changed
	}
	if q.What == "labels" {
		effect = effect || len(q.Add)+len(q.Remove) == 0
		r.property = q.Record
	}
	if q.What == "forget" {
		effect, r.property = true, backlog.Record{}
	}
	if !effect && !late && r.touched < read {
		w.report.Redundant++
		w.wrong("%s changed nothing", q)
	}
	posted := ""
	if q.posts() {
		posted = r.item.Assignee.ID
	}
	w.writes = append(w.writes, write{step: q.step(), intent: q.Intent, item: q.Item, at: w.now, pass: pass, posted: posted, late: late})
	w.report.Writes++
	w.tell("%s applied %s", from, q)
	made := comment
	if !q.posts() {
		made = ""
	}
	w.touch(r, true, made)
	last := &r.revisions[len(r.revisions)-1]
	if last.intent = q.Intent; made != "" {
		last.marker = q.Marker
	}
	return backlog.Receipt{Outcome: backlog.Applied, Revision: strconv.Itoa(r.rev), Comment: comment}
}

// relabel sets labels by verbs, or the whole list under its tested revision.
func (w *world) relabel(r *record, q request) (effect bool) {
	add, remove := q.Add, q.Remove
	if q.Tags != nil {
		have := names(r.labels)
		add = slices.DeleteFunc(slices.Clone(*q.Tags), func(l string) bool { return slices.Contains(have, l) })
		remove = slices.DeleteFunc(have, func(l string) bool { return slices.Contains(*q.Tags, l) })
	}
	for _, l := range add {
		switch i := r.tag(l); {
		case i < 0:
			r.labels = append(r.labels, tag{name: l, by: ours, since: w.now, intent: q.Intent})
			effect = true
		case r.labels[i].by == person:
			r.labels[i].by = shared // a person was faster by a second
		}
	}
	for _, l := range remove {
		i := r.tag(l)
		if i < 0 {
			continue
		}
		switch r.labels[i].by {
		case person:
			w.report.Foreign++
			w.wrong("%s removes the label %s of a person", q, l)
		case shared:
			w.report.Limits["shared label removed"]++
		}
		r.labels = slices.Delete(r.labels, i, i+1)
		effect = true
	}
	return effect
}

// remark posts, edits or deletes a comment.
func (w *world) remark(r *record, q request, late bool, seen int) (id string, effect bool) {
	if q.posts() {
		edited, untouched := r.standing()
		if w.manner == azure && edited+untouched > 0 {
			w.report.Duplicates++
			w.wrong("%s posts a second comment", q)
		}
		id = r.item.ID.ID + "c" + strconv.Itoa(w.change+1)
		r.comments = append(r.comments, remark{id: id, marker: q.Marker, text: q.Text, mine: true, changed: w.now})
		return id, true
	}
	i := r.remark(q.Comment)
	x := &r.comments[i]
	switch {
	case !x.mine:
		w.report.Foreign++
		w.wrong("%s writes over a comment that is not ours", q)
	case x.edited && (late || x.touched > seen):
		w.report.Limits["comment edited in the same second"]++
	case x.edited:
		w.report.Foreign++
		w.wrong("%s writes over what a person wrote", q)
	}
	if q.Delete {
		r.comments = slices.Delete(r.comments, i, i+1)
		return q.Comment, true
	}
	effect = x.text != q.Text || x.edited
	x.text, x.marker, x.edited, x.changed = q.Text, q.Marker, false, w.now
	return x.id, effect
}
