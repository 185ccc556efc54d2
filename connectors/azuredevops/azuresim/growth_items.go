package azuresim

import (
	"fmt"
	"strings"
	"time"
)

// item finds a work item, deleted or hidden or not; nil when there is none.
func (w *World) item(id int) *item {
	if it := w.items[id]; it != nil {
		return it
	}
	if k, grown := w.growth.place(id); grown {
		return w.grownItem(k)
	}
	return nil
}

// projectOf is the project of a work item; nil when there is no such item.
func (w *World) projectOf(id int) *project {
	if it := w.items[id]; it != nil {
		return it.project
	}
	if k, grown := w.growth.place(id); grown {
		return w.growth.project(k)
	}
	return nil
}

// grownItem makes an item of the growth; for a while it is the same one.
func (w *World) grownItem(k int) *item {
	g := w.growth
	if it := g.seen[k]; it != nil {
		return it
	}
	it := &item{id: g.first + k, project: g.project(k), formats: map[string]any{}, grown: k + 1}
	it.revisions = []*revision{{item: it, rev: 1 + int(g.dice(k, 2)%5), watermark: g.revisionMark(k), fields: g.fields(k, it.project)}}
	g.seen[k] = it
	return it
}

// keep makes an ordinary item of a grown one, before it is changed.
func (w *World) keep(it *item) {
	if it.grown == 0 || w.growth.kept[it.grown-1] {
		return
	}
	w.growth.kept[it.grown-1] = true
	w.items[it.id] = it
}

// tidy forgets what was made, between two requests.
func (g *growth) tidy() {
	if g != nil && len(g.seen) > recently {
		clear(g.seen)
	}
}

func (g *growth) fields(k int, p *project) map[string]any {
	kind := g.kind(k)
	created, changed := wireTime(g.created(k)), wireTime(time.UnixMilli(g.changed[k]))
	who := func(purpose int) map[string]any { return g.people[g.dice(k, purpose)%uint64(len(g.people))] }
	what := g.one(g.dice(k, 3), "search|basket|checkout|profile|wish list|returns")
	state := g.state(k, p.findType(kind))
	f := map[string]any{
		"System.TeamProject": p.Name, "System.WorkItemType": kind,
		"System.Title": g.one(g.dice(k, 4), "Tune|Redesign|Integrate|Remove") + " the " + what,
		"System.State": state, "System.Reason": "Moved to state " + state, "System.CommentCount": 0,
		"System.CreatedDate": created, "System.CreatedBy": who(5), "System.ChangedDate": changed, "System.ChangedBy": who(6),
		"Microsoft.VSTS.Common.StateChangeDate": changed,
		"System.AreaPath":                       p.Name + `\` + g.one(g.dice(k, 7), "Checkout|Search|Platform"),
		"System.IterationPath":                  p.Name + `\` + iteration(min(int(time.Duration(k)*g.step/(14*24*time.Hour))+1, iterations-1)),
		"System.Description":                    describe(g.dice(k, 8), what),
		"Microsoft.VSTS.Common.Priority":        int(1 + g.dice(k, 9)%4),
		"Microsoft.VSTS.Common.ValueArea":       "Business",
	}
	if g.dice(k, 10)%2 == 0 {
		f["System.AssignedTo"] = who(11)
	}
	if g.dice(k, 14)%10 < 7 && kind != "Task" {
		f["Microsoft.VSTS.Common.AcceptanceCriteria"] = "<ul><li>It answers within a second</li><li>It says what failed, and how to go on</li><li>It works with one hand</li></ul>"
	}
	if g.dice(k, 15)%10 < 6 && kind == "User Story" {
		f["Microsoft.VSTS.Scheduling.StoryPoints"] = []float64{1, 2, 3, 5, 8, 13}[g.dice(k, 16)%6]
	}
	if g.dice(k, 17)%4 == 0 {
		f["System.Tags"] = g.one(g.dice(k, 19), "mobile|web|debt") + "; " + g.one(g.dice(k, 20), "q3|q4")
	}
	return f
}

// state is how far an item has come: old ones are mostly closed.
func (g *growth) state(k int, t *Type) string {
	age, roll := g.n-k, int(g.dice(k, 21)%100)
	for _, s := range t.States {
		if s.Category == "Completed" && age > g.n/6 && roll < 90 {
			return s.Name
		}
	}
	return t.States[roll%len(t.States)].Name
}

// describe is a few paragraphs of HTML with a list.
func describe(roll uint64, what string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<div>As a <b>shopper</b> I want the %s to need fewer steps, so that I find what I need.</div>", what)
	fmt.Fprintf(&b, "<h3>Background</h3><p>Today %d of a hundred visitors give up in the %s. The steps were added one by one over the years, ", 5+roll%40, what)
	b.WriteString("and <i>nobody</i> has looked at them as a whole since. Support hears of it every week, mostly from phones and mostly in the evening.</p>")
	b.WriteString("<h3>What to do</h3><ul><li>Show the total before the last step</li><li>Keep what was typed when somebody goes back</li>")
	fmt.Fprintf(&b, "<li>Say <b>why</b> when the %s refuses something</li></ul>", what)
	b.WriteString(`<p>See <a href="https://wiki.example/shop/notes">the notes of the workshop</a> for the drawings.</p>`)
	return b.String()
}
