package azuresim

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Generate adds a project "Generated" of the Agile process with n work items: a
// tree of epics, features, stories and tasks with dependencies between stories.
// One seed is one world, whatever else is in it.
func (w *World) Generate(n int, seed uint64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	end := w.now().Truncate(24 * time.Hour)
	g := &generator{world: w, rnd: rand.New(rand.NewPCG(seed, seed)), start: end.AddDate(-2, 0, 0)}
	spec := Project{Name: "Generated", Process: "Agile", Areas: []string{"Checkout", "Search", "Platform"}}
	for i := range 52 {
		at := g.start.AddDate(0, 0, 14*i)
		spec.Iterations = append(spec.Iterations, Iteration{
			Path: fmt.Sprintf(`PI %d\Iteration %d`, i/5+1, i%5+1), Start: at, Finish: at.AddDate(0, 0, 13)})
	}
	built, err := w.build(spec)
	if err != nil {
		return fmt.Errorf("generate work items: %w", err)
	}
	g.project = built
	for i := range n {
		g.add(i)
	}
	return nil
}

// generator walks down the tree as it adds: the i-th item's parent is the last
// one of the level above.
type generator struct {
	world   *World
	project *project
	rnd     *rand.Rand
	start   time.Time
	last    [4]*item // by level
}

func (g *generator) add(i int) {
	level := 3
	switch {
	case i%400 == 0:
		level = 0
	case i%40 == 1:
		level = 1
	case i%4 == 2:
		level = 2
	}
	it := g.world.adopt(g.project, nil, g.fields(i, level))
	by := it.current().fields["System.ChangedBy"].(map[string]any)
	if level > 0 && g.last[level-1] != nil && g.rnd.IntN(20) > 0 {
		g.link("System.LinkTypes.Hierarchy-Forward", g.last[level-1], it, by)
	}
	if level == 2 && g.last[2] != nil && g.rnd.IntN(10) == 0 {
		g.link("System.LinkTypes.Dependency-Forward", g.last[2], it, by)
	}
	g.last[level] = it
}

func (g *generator) link(rel string, from, to *item, by map[string]any) {
	l, _ := newLink(from.id, rel, to.id)
	g.world.put(l, by, text(to.current().fields["System.ChangedDate"]))
}

func (g *generator) fields(i, level int) map[string]any {
	typeName := []string{"Epic", "Feature", "User Story", "Task"}[level]
	created := g.start.Add(time.Duration(g.rnd.Int64N(int64(2 * 360 * 24 * time.Hour))))
	number := g.rnd.IntN(30)
	who := fmt.Sprintf("Person %02d <person%02d@generated.example>", number, number)
	states := g.project.findType(typeName).States
	fields := map[string]any{
		"System.WorkItemType": typeName, "System.Title": fmt.Sprintf("%s %d: %s the %s", typeName, i, g.one("tune", "redesign", "integrate", "remove"), g.one("search", "basket", "checkout", "profile")),
		"System.State": states[g.rnd.IntN(len(states))].Name, "System.CreatedDate": created,
		"System.ChangedDate": created.Add(time.Duration(g.rnd.Int64N(int64(5 * 24 * time.Hour)))),
		"System.CreatedBy":   who, "System.ChangedBy": who,
		"System.AreaPath":      `Generated\` + g.one("Checkout", "Search", "Platform"),
		"System.IterationPath": fmt.Sprintf(`Generated\PI %d\Iteration %d`, g.rnd.IntN(10)+1, g.rnd.IntN(5)+1),
		"System.Description":   "<div>As a <b>shopper</b> I want this, so that I find what I need.</div>",
	}
	if g.rnd.IntN(3) > 0 {
		fields["System.AssignedTo"] = who
		fields["Microsoft.VSTS.Common.AcceptanceCriteria"] = "<ul><li>It answers within a second</li><li>It says what failed</li></ul>"
	}
	if level == 2 {
		fields["Microsoft.VSTS.Scheduling.StoryPoints"] = []float64{1, 2, 3, 5, 8, 13, 21}[g.rnd.IntN(7)]
	}
	if g.rnd.IntN(4) == 0 {
		fields["System.Tags"] = g.one("mobile", "web", "debt") + "; " + g.one("q3", "q4")
	}
	return fields
}

func (g *generator) one(of ...string) string { return of[g.rnd.IntN(len(of))] }
