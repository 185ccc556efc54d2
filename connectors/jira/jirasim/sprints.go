package jirasim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Board is an agile board over one project.
type Board struct {
	ID      int
	Name    string
	Project string // key
}

// Sprint is a sprint. State is future, active or closed.
type Sprint struct {
	ID                   int
	Name, State, Goal    string
	Board                int
	Start, End, Complete time.Time
}

// AddBoard adds a board; its ID must not be 0.
func (w *World) AddBoard(b Board) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addBoard(b)
}

func (w *World) addBoard(b Board) {
	known := slices.ContainsFunc(w.site.boards, func(k Board) bool { return k.ID == b.ID })
	if b.ID != 0 && !known {
		w.site.boards = append(w.site.boards, b)
	}
}

// AddSprint adds a sprint or, when its id is known, replaces it.
func (w *World) AddSprint(s Sprint) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.site.sprints = slices.DeleteFunc(w.site.sprints, func(known Sprint) bool { return known.ID == s.ID })
	w.addSprint(s)
	w.version++
}

func (w *World) addSprint(s Sprint) {
	if _, known := w.sprint(float64(s.ID)); known {
		return
	}
	w.site.sprints = append(w.site.sprints, s)
	slices.SortFunc(w.site.sprints, func(a, b Sprint) int { return cmp.Compare(a.ID, b.ID) })
}

func (w *World) sprint(id float64) (Sprint, bool) {
	for _, s := range w.site.sprints {
		if float64(s.ID) == id {
			return s, true
		}
	}
	return Sprint{}, false
}

// sprintOf reads a sprint as either of Jira's APIs shows it.
func sprintOf(o object) Sprint {
	id, _ := number(o["id"])
	board, ok := number(o["boardId"])
	if !ok {
		board, _ = number(o["originBoardId"])
	}
	s := Sprint{ID: int(id), Name: text(o["name"]), State: text(o["state"]), Goal: text(o["goal"]), Board: int(board)}
	s.Start, _ = parseStamp(o["startDate"])
	s.End, _ = parseStamp(o["endDate"])
	s.Complete, _ = parseStamp(o["completeDate"])
	return s
}

// show is the sprint as the Sprint field of an issue has it; the agile API
// names the board otherwise.
func (s Sprint) show(board string) object {
	o := object{"id": s.ID, "name": s.Name, "state": s.State, "goal": s.Goal, board: s.Board}
	for field, t := range map[string]time.Time{"startDate": s.Start, "endDate": s.End, "completeDate": s.Complete} {
		if !t.IsZero() {
			o[field] = t.UTC().Format("2006-01-02T15:04:05.000Z")
		}
	}
	return o
}

// print is the sprint as a Data Center has it in the Sprint field of an issue,
// as recorded.
func (s Sprint) print() string {
	moment := func(t time.Time) string {
		if t.IsZero() {
			return "<null>"
		}
		return t.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	return fmt.Sprintf("com.atlassian.greenhopper.service.sprint.Sprint@%x[id=%d,rapidViewId=%d,state=%s,name=%s,goal=%s,startDate=%s,endDate=%s,completeDate=%s,sequence=%d]",
		hash(s.Name)&0xffffffff, s.ID, s.Board, strings.ToUpper(s.State), s.Name, s.Goal, moment(s.Start), moment(s.End), moment(s.Complete), s.ID)
}
