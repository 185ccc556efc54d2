package evaluate

import (
	"context"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"github.com/trackwarden/trackwarden/backlog"
)

// As many items whose dependencies changed are looked at together.
const cycleBatch = 500

// cycles finds the items that wait for each other in a circle, across
// trackers, and tells the store; items that entered or left one become dirty.
// Only what can be reached from where the graph changed is looked at: a cycle
// that came or went leads through there.
func (e *Evaluator) cycles(ctx context.Context, everywhere bool) error {
	if everywhere {
		if err := e.Store.TurnAll(ctx); err != nil {
			return fmt.Errorf("list dependencies: %w", err)
		}
	}
	for {
		turned, seq, err := e.Store.Turned(ctx, cycleBatch)
		if err != nil || len(turned) == 0 {
			return err
		}
		looked, edges, err := e.reach(ctx, turned)
		if err != nil {
			return fmt.Errorf("load dependencies: %w", err)
		}
		byItem, err := e.circles(ctx, edges)
		if err != nil {
			return err
		}
		if err := e.Store.SetCycles(ctx, looked, byItem, seq); err != nil {
			return fmt.Errorf("save cycles: %w", err)
		}
	}
}

// reach follows the dependencies from some items to their ends.
func (e *Evaluator) reach(ctx context.Context, from []backlog.ItemID) (items []backlog.ItemID, edges []backlog.Edge, err error) {
	seen := make(map[backlog.ItemID]bool, len(from))
	for _, id := range from {
		seen[id] = true
	}
	items = from
	for frontier := from; len(frontier) > 0; {
		next, err := e.Store.Blocked(ctx, frontier)
		if err != nil {
			return nil, nil, err
		}
		frontier = nil
		edges = append(edges, next...)
		for _, edge := range next {
			if !seen[edge.To] {
				seen[edge.To] = true
				frontier = append(frontier, edge.To)
			}
		}
		items = append(items, frontier...)
	}
	return items, edges, nil
}

// circles names the members of every circle by their keys.
func (e *Evaluator) circles(ctx context.Context, edges []backlog.Edge) (map[backlog.ItemID][]string, error) {
	circles := strongComponents(edges)
	var members []backlog.ItemID
	for _, circle := range circles {
		members = append(members, circle...)
	}
	keys, err := e.Store.Keys(ctx, members)
	if err != nil {
		return nil, fmt.Errorf("load keys: %w", err)
	}
	byItem := make(map[backlog.ItemID][]string, len(members))
	for _, circle := range circles {
		names := make([]string, 0, len(circle))
		for _, id := range circle {
			names = append(names, keys[id])
		}
		slices.Sort(names)
		for _, id := range circle {
			byItem[id] = names
		}
	}
	return byItem, nil
}

// strongComponents groups the items of which each can be reached from every
// other. An item that blocks itself is no circle of ours: trackers refuse it.
func strongComponents(edges []backlog.Edge) [][]backlog.ItemID {
	graph := simple.NewDirectedGraph()
	numbers := map[backlog.ItemID]int64{}
	var items []backlog.ItemID
	number := func(id backlog.ItemID) simple.Node {
		n, ok := numbers[id]
		if !ok {
			n = int64(len(items))
			numbers[id] = n
			items = append(items, id)
		}
		return simple.Node(n)
	}
	for _, edge := range edges {
		if edge.From != edge.To {
			graph.SetEdge(simple.Edge{F: number(edge.From), T: number(edge.To)})
		}
	}
	var circles [][]backlog.ItemID
	for _, component := range topo.TarjanSCC(graph) {
		if len(component) < 2 {
			continue
		}
		circle := make([]backlog.ItemID, 0, len(component))
		for _, node := range component {
			circle = append(circle, items[node.ID()])
		}
		circles = append(circles, circle)
	}
	return circles
}
