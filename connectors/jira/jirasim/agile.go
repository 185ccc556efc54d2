package jirasim

import (
	"net/http"
	"slices"
	"strconv"
)

// agileRoutes are the paths of Jira's agile API.
func agileRoutes() map[string]serve {
	return map[string]serve{
		"GET /rest/agile/1.0/board":                listBoards,
		"GET /rest/agile/1.0/board/{board}":        getBoard,
		"GET /rest/agile/1.0/board/{board}/sprint": listSprints,
		"GET /rest/agile/1.0/sprint/{sprint}":      getSprint,
	}
}

// agile is an address of the agile API.
func (c *call) agile(path string) string { return c.settings.BaseURL + "/rest/agile/1.0" + path }

func (c *call) showBoard(b Board) object {
	o := object{"id": b.ID, "self": c.agile("/board/" + strconv.Itoa(b.ID)), "name": b.Name, "type": "scrum"}
	if p := c.browsable(b.Project); p != nil {
		id, _ := strconv.Atoi(p.ID)
		o["location"] = object{
			"projectId": id, "displayName": p.Name + " (" + p.Key + ")", "projectName": p.Name,
			"projectKey": p.Key, "projectTypeKey": "software", "name": p.Name + " (" + p.Key + ")",
		}
	}
	return o
}

func listBoards(c *call) reply {
	wanted := c.query("projectKeyOrId")
	var found []Board
	for _, b := range c.site.boards {
		p := c.browsable(b.Project)
		if p != nil && (wanted == "" || wanted == p.Key || wanted == p.ID) {
			found = append(found, b)
		}
	}
	page := pageBean(c, found, 50, 50, c.showBoard)
	delete(page, "self") // the agile API's pages have no addresses
	delete(page, "nextPage")
	return ok(page)
}

// board is the board that the path names.
func (c *call) board() (Board, bool) {
	for _, b := range c.site.boards {
		if strconv.Itoa(b.ID) == c.path("board") && c.browsable(b.Project) != nil {
			return b, true
		}
	}
	return Board{}, false
}

func noBoard() reply {
	return fault(http.StatusNotFound, "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.")
}

func getBoard(c *call) reply {
	b, found := c.board()
	if !found {
		return noBoard()
	}
	return ok(c.showBoard(b))
}

func (c *call) showSprint(s Sprint) object {
	o := s.show("originBoardId")
	o["self"] = c.agile("/sprint/" + strconv.Itoa(s.ID))
	return o
}

// listSprints pages through a board's sprints: closed, active, then future.
func listSprints(c *call) reply {
	b, found := c.board()
	if !found {
		return noBoard()
	}
	states := c.listed("state")
	var all []Sprint
	for _, state := range []string{"closed", "active", "future"} {
		for _, s := range c.site.sprints {
			if s.Board == b.ID && s.State == state && (len(states) == 0 || slices.Contains(states, state)) {
				all = append(all, s)
			}
		}
	}
	page := pageBean(c, all, 50, 50, c.showSprint)
	delete(page, "self")
	delete(page, "nextPage")
	return ok(page)
}

func getSprint(c *call) reply {
	n, _ := number(c.path("sprint"))
	s, found := c.sprint(n)
	if !found || c.anonymous {
		return fault(http.StatusNotFound, "Sprint does not exist or you do not have permission to view it.")
	}
	return ok(c.showSprint(s))
}
