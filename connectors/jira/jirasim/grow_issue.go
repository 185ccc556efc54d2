package jirasim

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// family is how many issues of a project there are from one epic to the next.
const family = 12

// Where the ids of what hangs on grown issues begin.
const (
	grownLink    = 5_000_000_000
	grownHistory = 6_000_000_000
	grownComment = 7_000_000_000
)

// grownIssue makes an issue of the growth; for a while it is the same one.
func (w *World) grownIssue(k int) *issue {
	g := w.growth
	if i := g.seen[k]; i != nil {
		return i
	}
	i := &issue{id: g.id(k), num: g.first + int64(k), grown: k + 1}
	s := &state{
		key: g.key(k), project: g.projects[k%len(g.projects)].Key, created: g.created(k),
		updated: time.UnixMilli(g.updated[k]), fields: w.grownFields(k), comments: w.grownComments(k),
	}
	i.states = []*state{s}
	i.history = w.grownHistory(k)
	g.seen[k] = i
	return i
}

// keep makes an ordinary issue of a grown one, before it is changed.
func (w *World) keep(i *issue) {
	g := w.growth
	if i.grown == 0 || g.kept[i.grown-1] {
		return
	}
	g.kept[i.grown-1] = true
	w.issues[i.id] = i
	w.order = append(w.order, i)
	w.byKey[i.now().key] = i
	w.version++
}

// tidy forgets what was made, between two requests.
func (g *growth) tidy() {
	if g != nil && len(g.seen) > recently {
		clear(g.seen)
	}
}

// within says where in its family an issue is: 0 is the epic.
func (g *growth) within(k int) int { return k / len(g.projects) % family }

func (g *growth) epicOf(k int) int { return k - g.within(k)*len(g.projects) }

// progress is how far an issue has come, 0 to 3: old ones are mostly done.
func (g *growth) progress(k int) int {
	age := g.n - k
	switch roll := int(g.dice(k, 2) % 100); {
	case age > g.n/6 && roll < 90:
		return 3
	case roll < 40:
		return 0
	case roll < 65:
		return 1
	case roll < 80:
		return 2
	}
	return 3
}

func (w *World) grownFields(k int) map[string]any {
	g := w.growth
	progress := g.progress(k)
	what, who := pickOf(g.dice(k, 3), "search", "checkout", "wish list", "returns", "order tracking", "gift cards"), pickOf(g.dice(k, 4), "busy parent", "bargain hunter", "first-time visitor", "shop assistant")
	none := []any{}
	f := map[string]any{
		"issuetype": g.made.story, "status": g.made.states[progress], "priority": g.made.priorities[g.dice(k, 5)%3],
		"summary":     pickOf(g.dice(k, 6), "Redesign", "Speed up", "Simplify", "Measure") + " the " + what + " for a " + who,
		"description": description(g.dice(k, 7), what, who), "labels": []any{pickOf(g.dice(k, 8), "mobile", "web", "api")},
		"components": none, "fixVersions": none, "versions": none, "issuelinks": g.links(k), "subtasks": none, "attachment": none,
		"reporter": object{"accountId": person(int(g.dice(k, 9) % people))}, "creator": object{"accountId": person(int(g.dice(k, 9) % people))},
	}
	if g.dice(k, 10)%2 == 0 {
		f["assignee"] = object{"accountId": person(int(g.dice(k, 11) % people))}
	}
	if progress == 3 {
		f["resolution"], f["resolutiondate"] = object{"id": "10000", "name": "Done"}, w.show(time.UnixMilli(g.updated[k]))
	}
	if g.within(k) == 0 {
		f["issuetype"] = g.made.epic
		w.nameEpic(&state{fields: f})
		return f
	}
	w.grownStory(k, f)
	return f
}

// grownStory adds what stories and bugs have.
func (w *World) grownStory(k int, f map[string]any) {
	g := w.growth
	if g.dice(k, 12)%5 == 0 {
		f["issuetype"] = g.made.bug
	}
	if g.dice(k, 13)%10 > 0 {
		field, value := "parent", any(object{"id": g.id(g.epicOf(k)), "key": g.key(g.epicOf(k))})
		if w.datacenter() {
			field, value = w.FieldID(EpicLinkField), g.key(g.epicOf(k))
		}
		f[field] = value
	}
	if g.dice(k, 14)%10 < 7 {
		f[g.made.criteria] = "* The page opens within two seconds.\n* A basket survives a restart of the app.\n* Whoever is signed out is told so."
	}
	if g.dice(k, 15)%10 < 6 {
		f[g.made.points] = []float64{1, 2, 3, 5, 8, 13}[g.dice(k, 16)%6]
	}
	if g.progress(k) > 0 || g.dice(k, 17)%3 == 0 {
		s := int(time.Duration(k) * g.step / fortnight)
		f[w.FieldID(SprintField)] = []any{float64(g.sprint(k%len(g.projects), min(s+1, sprints-1)))}
	}
}

// links are those to the neighbours: every twentieth story blocks the next.
func (g *growth) links(k int) []any {
	links := []any{}
	p := len(g.projects)
	if next := k + p; next < g.n && g.dice(k, 18)%20 == 0 {
		links = append(links, object{"id": strconv.Itoa(grownLink + k), "type": object{"id": g.made.link}, "outwardIssue": object{"id": g.id(next), "key": g.key(next)}})
	}
	if before := k - p; before >= 0 && g.dice(before, 18)%20 == 0 {
		links = append(links, object{"id": strconv.Itoa(grownLink + before), "type": object{"id": g.made.link}, "inwardIssue": object{"id": g.id(before), "key": g.key(before)}})
	}
	return links
}

func (w *World) grownComments(k int) []map[string]any {
	g := w.growth
	if g.dice(k, 19)%5 > 0 {
		return nil
	}
	at, who := w.show(g.created(k)), object{"accountId": person(int(g.dice(k, 20) % people))}
	return []map[string]any{{
		"id": strconv.Itoa(grownComment + k), "body": "Does this hold for guests too? " + pickOf(g.dice(k, 21), "I think so.", "Ask the team."),
		"author": who, "updateAuthor": who, "created": at, "updated": at,
	}}
}

// grownHistory tells how the status moved, from the creation to the last touch.
func (w *World) grownHistory(k int) []map[string]any {
	g := w.growth
	created, updated, progress := g.created(k), time.UnixMilli(g.updated[k]), g.progress(k)
	var all []map[string]any
	for step := range progress {
		at := created.Add(updated.Sub(created) * time.Duration(step+1) / time.Duration(progress)).Truncate(time.Millisecond)
		from, to := g.made.states[step], g.made.states[step+1]
		item := object{
			"field": "status", "fieldtype": "jira", "fieldId": "status", "from": from["id"], "to": to["id"],
			"fromString": w.nameOf("status", text(from["id"]), from), "toString": w.nameOf("status", text(to["id"]), to),
		}
		if w.datacenter() {
			delete(item, "fieldId")
		}
		all = append(all, object{
			"id": strconv.Itoa(grownHistory + 4*k + step), "author": person(int(g.dice(k, 22) % people)), "created": at, "items": []object{item},
		})
	}
	return all
}

func pickOf(roll uint64, of ...string) string { return of[roll%uint64(len(of))] }

// description is a few paragraphs in wiki text, with a list and a heading.
func description(roll uint64, what, who string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "As a %s, I want the %s to need fewer steps, so that I save time.\n\n", who, what)
	fmt.Fprintf(&b, "h3. Background\n\nToday %d of a hundred visitors give up in the %s. ", 5+roll%40, what)
	b.WriteString("The steps were added one by one over the years, and *nobody* has looked at them as a whole since. ")
	b.WriteString("Support hears of it every week, mostly from phones and mostly in the evening.\n\n")
	b.WriteString("h3. What to do\n\n* Show the total before the last step.\n* Keep what was typed when somebody goes back.\n")
	fmt.Fprintf(&b, "* Say _why_ when the %s refuses something.\n\n", what)
	b.WriteString("See [the notes of the workshop|https://wiki.example/shop/notes] for the drawings.")
	return b.String()
}
