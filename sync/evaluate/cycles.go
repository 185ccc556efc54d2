package evaluate

import (
	"context"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"github.com/trackwarden/trackwarden/backlog"
)

// cycles finds the items that wait for each other in a circle, across
// trackers, and tells the store; items that entered or left one become dirty.
func (e *Evaluator) cycles(ctx context.Context) error {
	edges, err := e.Store.Edges(ctx)
	if err != nil {
		return fmt.Errorf("load dependencies: %w", err)
	}
	circles := strongComponents(edges)
	var members []backlog.ItemID
	for _, circle := range circles {
		members = append(members, circle...)
	}
	keys, err := e.Store.Keys(ctx, members)
	if err != nil {
		return fmt.Errorf("load keys: %w", err)
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
	if err := e.Store.SetCycles(ctx, byItem); err != nil {
		return fmt.Errorf("save cycles: %w", err)
	}
	return nil
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
