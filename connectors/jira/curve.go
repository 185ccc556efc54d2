package jira

import (
	"cmp"
	"slices"
)

// point says how many issues of a project were created before a moment.
type point struct {
	at    int64 // epoch ms
	count int
}

// curve holds points in the order of time, at least two.
type curve []point

// refinements is how many rounds of counting there are at the most.
const refinements = 8

// towards counts until a point is near to each goal, or enough was counted.
func (c curve) towards(goals []int, tolerance int, count func(times []int64) ([]int, error)) (curve, error) {
	for round := range refinements {
		times := c.look(goals, tolerance, round)
		if len(times) == 0 {
			break
		}
		counts, err := count(times)
		if err != nil {
			return nil, err
		}
		for i, at := range times {
			c = append(c, point{at, counts[i]})
		}
		c = c.inOrder()
	}
	return c, nil
}

// look names the moments to count at next, so that a point comes near to each
// goal. It takes turns between where a straight line through what is known
// would have the goals and an even spread, which no shape of the curve can fool.
func (c curve) look(goals []int, tolerance, round int) []int64 {
	open := map[point][]int{} // the goals not reached, by the point before them
	for _, goal := range goals {
		if near := c.nearest(goal).count - goal; near < -tolerance || near > tolerance {
			left, _ := c.around(goal)
			open[left] = append(open[left], goal)
		}
	}
	var times []int64
	for left, goals := range open {
		_, right := c.around(goals[0])
		for i, goal := range goals {
			share := float64(i+1) / float64(len(goals)+1)
			if round%2 == 0 && right.count > left.count {
				share = float64(goal-left.count) / float64(right.count-left.count)
			}
			at := left.at + int64(share*float64(right.at-left.at))
			if right.at-left.at > 1 { // else all of them were created in one moment
				times = append(times, min(max(at, left.at+1), right.at-1))
			}
		}
	}
	slices.Sort(times)
	return slices.Compact(times)
}

// around are the points between which the goal lies.
func (c curve) around(goal int) (left, right point) {
	i := 1
	for i < len(c)-1 && c[i].count < goal {
		i++
	}
	return c[i-1], c[i]
}

// nearest is the point whose count comes nearest to the goal.
func (c curve) nearest(goal int) point {
	left, right := c.around(goal)
	if goal-left.count < right.count-goal {
		return left
	}
	return right
}

// inOrder sorts the points by time. A count that is approximate may fall where
// it should rise; it is lifted to the one before it.
func (c curve) inOrder() curve {
	slices.SortFunc(c, func(a, b point) int { return cmp.Compare(a.at, b.at) })
	for i := 1; i < len(c); i++ {
		c[i].count = max(c[i].count, c[i-1].count)
	}
	return c
}
