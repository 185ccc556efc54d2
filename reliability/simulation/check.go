package simulation

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// committed holds a request that is about to leave against the books.
func (w *world) committed(ctx context.Context, home *replica, q request) {
	open, err := home.db.OpenIntents(context.WithoutCancel(ctx), siteID)
	if err != nil {
		w.wrong("read the books: %v", err)
		return
	}
	for _, intent := range open {
		if intent.ID == q.Intent && intent.Steps[q.N].State == backlog.IntentSent {
			return
		}
	}
	w.wrong("%s leaves without a committed intent", q)
}

// wanted are the labels that an item asks for, as its people left it.
func (r *record) wanted() (labels, titles []string) {
	for i, text := range []string{r.item.Text.Role, r.item.Text.Means, r.item.Text.Ends} {
		letter := string(rune('a' + i))
		if strings.HasPrefix(text, "gap") {
			titles = append(titles, "Gap "+letter)
			if len(titles) <= 2 {
				labels = append(labels, prefix+"gap-"+letter)
			}
		}
	}
	if len(titles) > 0 {
		labels = append(labels, umbrella)
	}
	return labels, titles
}

// atRest holds every item against what it asks for. Strict also holds those to
// it on which people touched what is ours.
func (w *world) atRest(strict bool) {
	w.each(func(r *record) {
		edited, untouched := r.standing()
		extra := untouched - min(1, max(0, 1-edited))
		switch {
		case extra > 0 && !strict && w.unheardOf(r):
			w.report.Limits["two comments not known as ours after the books were set back"]++
		case extra > 0:
			w.report.Duplicates += extra
			w.wrong("%s has %d comments of ours and %d that people edited", r.item.Key, untouched, edited)
		}
		w.surplus(r, strict)
		if strict || !r.meddled {
			w.complete(r, edited, untouched, strict)
		}
	})
}

// unheardOf reports whether all comments of ours on an item came after the copy
// to which the books were set back, and nothing was to be said there since: then
// nobody has looked for comments yet.
func (w *world) unheardOf(r *record) bool {
	return !slices.ContainsFunc(r.comments, func(x remark) bool { return x.mine && (!x.forgotten || !x.changed.Before(w.setBack)) })
}

// surplus are labels of ours that nothing asks for. On an item on which people
// touched what is ours, another gap than the first two may be spoken of.
func (w *world) surplus(r *record, strict bool) {
	wanted, titles := r.wanted()
	if r.meddled && !strict {
		for _, title := range titles {
			wanted = append(wanted, prefix+strings.ToLower(strings.ReplaceAll(title, " ", "-")))
		}
	}
	for _, t := range r.labels {
		if slices.Contains(wanted, t.name) {
			continue
		}
		switch t.by {
		case ours:
			w.wrong("%s still has our label %s", r.item.Key, t.name)
		case orphan:
			w.report.Limits["label not known as ours after the books were set back"]++
		}
	}
}

// misread takes out of what an item asks for what older books made us believe
// that people do not want: labels that we took off after the copy was made look
// as if they had been taken off by somebody.
func (w *world) misread(r *record, wanted, titles []string) (labels, said []string) {
	for _, title := range titles {
		label := prefix + strings.ToLower(strings.ReplaceAll(title, " ", "-"))
		if !r.undone[label] || r.tag(label) >= 0 {
			said = append(said, title)
			continue
		}
		w.report.Limits["a removal of ours taken for a person's after the books were set back"]++
		wanted = slices.DeleteFunc(wanted, func(l string) bool { return l == label })
	}
	if len(said) == 0 {
		return nil, nil
	}
	return wanted, said
}

// complete holds an item to everything that it asks for.
func (w *world) complete(r *record, edited, untouched int, strict bool) {
	wanted, titles := r.wanted()
	if !strict {
		wanted, titles = w.misread(r, wanted, titles)
	}
	for _, name := range wanted {
		if r.tag(name) < 0 {
			w.wrong("%s lacks the label %s", r.item.Key, name)
		}
	}
	// Where one person would get more than a handful there are labels only.
	digest := w.report.settings.Budget.PerPersonDay > 0
	if len(wanted) > 0 && edited+untouched == 0 && !digest {
		w.wrong("%s lacks our comment", r.item.Key)
	}
	if edited > 0 {
		return
	}
	for _, x := range r.comments {
		if x.marker.Owner != owner || x.marker.Item != r.item.ID.ID {
			continue
		}
		for _, title := range []string{"Gap a", "Gap b", "Gap c"} {
			if says := strings.Contains(x.text, "**"+title+".**"); says != slices.Contains(titles, title) && x.forgotten {
				w.report.Limits["comment not known as ours after the books were set back"]++
			} else if says != slices.Contains(titles, title) {
				w.wrong("our comment on %s speaks of %s: %t", r.item.Key, title, says)
			}
		}
	}
}

// audit holds the log against what was really applied.
func (w *world) audit(ctx context.Context, home *replica) {
	if _, _, err := home.db.VerifyAudit(ctx, siteID); err != nil {
		w.wrong("the audit log does not verify: %v", err)
	}
	rows, applied := map[string]int{}, map[string]bool{}
	err := home.db.EachAudit(ctx, backlog.AuditFilter{}, func(e backlog.AuditEntry) error {
		rows[e.Step]++
		applied[e.Step] = applied[e.Step] || e.Receipt.Outcome == backlog.Applied
		return nil
	})
	if err != nil {
		w.wrong("read the audit log: %v", err)
	}
	happened := map[string]bool{}
	for _, x := range w.writes {
		happened[x.step] = true
		if n := rows[x.step]; n != 1 && !x.void || n > 1 {
			w.wrong("%s on %s has %d rows in the audit log", x.step, x.item, n)
		}
	}
	for step, is := range applied {
		if is && !happened[step] && !w.already[step] {
			w.wrong("the audit log has %s, and nothing was applied", step)
		}
	}
}

// budgets recounts from what was applied. What was planned in another hour or
// day than it was applied in was charged to that one, and is left out.
func (w *world) budgets() {
	b := w.report.settings.Budget
	if w.rewound > 0 {
		return
	}
	w.bounded("day", b.PerProjectDay, time.DateOnly, func(x write) string { return project().ID })
	w.bounded("hour", b.PerHour, "2006-01-02T15", func(write) string { return "" })
	w.bounded("person", b.PerPersonDay, time.DateOnly, func(x write) string { return x.posted })
	perPass := map[time.Time]map[string]bool{}
	for _, x := range w.writes {
		if perPass[x.pass] == nil {
			perPass[x.pass] = map[string]bool{}
		}
		perPass[x.pass][x.item] = true
	}
	for at, items := range perPass {
		if n := len(items); w.report.perPass > 0 && n > w.report.perPass {
			w.wrong("%d items in the pass of %s", n, at)
		}
	}
}

func (w *world) bounded(what string, limit int, period string, scope func(write) string) {
	used := map[string]map[string]bool{}
	for _, x := range w.writes {
		in := x.at.Format(period)
		if limit == 0 || in != x.pass.Format(period) || what == "person" && x.posted == "" {
			continue
		}
		key := in + " " + scope(x)
		if used[key] == nil {
			used[key] = map[string]bool{}
		}
		used[key][x.intent] = true
	}
	for key, intents := range used {
		if len(intents) > limit {
			w.wrong("budget per %s: %d intents in %s, %d are allowed", what, len(intents), key, limit)
		}
	}
}
