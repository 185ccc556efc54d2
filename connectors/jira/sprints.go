package jira

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// sprint is a sprint as the Sprint field holds it. The agile API calls its
// board by another name.
type sprint struct {
	ID            json.Number `json:"id"`
	Name          string      `json:"name"`
	State         string      `json:"state"`
	BoardID       json.Number `json:"boardId"`
	OriginBoardID json.Number `json:"originBoardId"`
	Start         string      `json:"startDate"`
	End           string      `json:"endDate"`
}

// sprints lists the item's sprints by start, the unscheduled ones last. A
// sprint whose dates cannot be read counts as unscheduled.
func (m *model) sprints(v values) []backlog.Iteration {
	var all []backlog.Iteration
	for _, id := range m.fields.known[backlog.FieldIteration] {
		known, _ := m.repeats.sprints.read(v[id], func(raw json.RawMessage) (all []backlog.Iteration, _ error) {
			for _, s := range sprintsIn(raw) {
				all = append(all, s.iteration())
			}
			return all, nil
		})
		all = append(all, known...)
	}
	slices.SortFunc(all, func(a, b backlog.Iteration) int {
		if a.Start.IsZero() != b.Start.IsZero() {
			return b.Start.Compare(a.Start)
		}
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(all, func(a, b backlog.Iteration) bool { return a.ID == b.ID })
}

func (s sprint) iteration() backlog.Iteration {
	start, _ := parseTime(s.Start)
	end, _ := parseTime(s.End)
	return backlog.Iteration{
		ID: s.ID.String(), Name: s.Name, State: strings.ToLower(s.State), Start: start, End: end,
		Board: cmp.Or(s.BoardID, s.OriginBoardID).String(),
	}
}

// sprintsIn reads one sprint or a list of them. Data Center writes each as a
// text, "…Sprint@1f[id=48,rapidViewId=7,state=ACTIVE,name=Sprint 48,…]".
func sprintsIn(raw json.RawMessage) []sprint {
	var list []sprint
	if json.Unmarshal(raw, &list) == nil {
		return list
	}
	var texts []string
	if json.Unmarshal(raw, &texts) == nil {
		for _, text := range texts {
			if s := sprintIn(text); s.ID != "" {
				list = append(list, s)
			}
		}
		return list
	}
	var one sprint
	if json.Unmarshal(raw, &one) == nil && one.ID != "" {
		return []sprint{one}
	}
	return nil
}

var (
	sprintText = regexp.MustCompile(`(?s)\[(.*)\]\s*$`)
	// A goal or name may hold commas: a part begins at a known word only.
	sprintPart = regexp.MustCompile(`(?:^|,)(id|rapidViewId|state|name|goal|startDate|endDate|completeDate|activatedDate|sequence|autoStartStop|synced|incompleteIssuesDestinationId)=`)
)

func sprintIn(text string) (s sprint) {
	m := sprintText.FindStringSubmatch(text)
	if m == nil {
		return s
	}
	starts := sprintPart.FindAllStringSubmatchIndex(m[1], -1)
	for i, at := range starts {
		end := len(m[1])
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		value := m[1][at[1]:end]
		switch m[1][at[2]:at[3]] {
		case "id":
			s.ID = json.Number(value)
		case "rapidViewId":
			s.BoardID = json.Number(value)
		case "state":
			s.State = value
		case "name":
			s.Name = value
		case "startDate":
			s.Start = value
		case "endDate":
			s.End = value
		}
	}
	return s
}
