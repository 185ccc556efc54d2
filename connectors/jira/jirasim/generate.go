package jirasim

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// perEpic is how many stories the generator hangs under one epic.
const perEpic = 12

// generator makes stories that look like those of a shop.
type generator struct {
	rand     *rand.Rand
	start    time.Time
	criteria string // field ids
	points   string
}

// Generate adds n issues to project GEN: an epic, then stories under it, in
// turn. They are made of the seed and the site's clock alone: some lack
// acceptance criteria, points, an assignee or an epic, some are old. It defines
// the fields "Acceptance Criteria" and "Story Points".
func (w *World) Generate(n int, seed uint64) {
	w.AddProject(Project{Key: "GEN", Name: "Generated shop"})
	g := generator{
		rand: rand.New(rand.NewPCG(seed, seed)), start: w.now().AddDate(-1, 0, 0),
		criteria: w.AddField(Field{ID: "customfield_11001", Name: "Acceptance Criteria", Type: "string", Custom: TextAreaField}),
		points:   w.AddField(Field{ID: "customfield_11002", Name: "Story Points", Type: "number", Custom: NumberField}),
	}
	var epic string
	for at := range n {
		created := g.start.Add(time.Duration(at) * 364 * 24 * time.Hour / time.Duration(n))
		if at%(perEpic+1) == 0 {
			epic = w.AddIssue(g.epic(created))
			continue
		}
		w.AddIssue(g.story(created, epic))
	}
}

func (g generator) pick(words ...string) string { return words[g.rand.IntN(len(words))] }

// often says yes so many times in a hundred.
func (g generator) often(percent int) bool { return g.rand.IntN(100) < percent }

func (g generator) capability() string {
	return g.pick("search", "checkout", "recommendations", "wish list", "returns", "order tracking", "gift cards", "loyalty points")
}

func (g generator) epic(created time.Time) object {
	what := g.capability()
	return object{"fields": object{
		"project": "GEN", "issuetype": "Epic", "status": g.pick("To Do", "In Progress"), "created": created.Format(stamp),
		"summary":     fmt.Sprintf("Better %s on mobile", what),
		"description": fmt.Sprintf("h3. Benefit hypothesis\n\nIf %s is quicker, more baskets become orders.\n\nMeasured by: orders per visit.", what),
	}}
}

func (g generator) story(created time.Time, epic string) object {
	persona, what := g.pick("busy parent", "bargain hunter", "first-time visitor", "shop assistant"), g.capability()
	fields := object{
		"project": "GEN", "issuetype": g.pick("Story", "Story", "Story", "Bug"), "status": g.pick("To Do", "To Do", "In Progress", "Done"),
		"summary":     fmt.Sprintf("%s the %s for a %s", g.pick("Redesign", "Speed up", "Simplify", "Measure"), what, persona),
		"description": fmt.Sprintf("As a %s, I want %s to need fewer steps, so that I save time.", persona, what),
		"created":     created.Format(stamp), "updated": created.Add(time.Duration(g.rand.IntN(24)) * time.Hour).Format(stamp),
		"labels": []any{g.pick("mobile", "web", "api")},
	}
	if g.often(90) {
		fields["parent"] = epic
	}
	if g.often(70) {
		fields[g.criteria] = "* The page opens within two seconds.\n* A basket survives a restart of the app."
	}
	if g.often(60) {
		fields[g.points] = float64([]int{1, 2, 3, 5, 8, 13, 21}[g.rand.IntN(7)])
	}
	if g.often(50) {
		fields["assignee"] = g.pick("557058:ada", "557058:ben", "557058:cy")
	}
	return object{"fields": fields}
}
