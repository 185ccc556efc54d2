package jira

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// position is where a sweep stands. It names its project by id and holds no
// JQL, so that a renamed project or a corrected query does not strand it.
type position struct {
	Kind     string   `json:"kind"`               // backfill or changes
	Project  string   `json:"project,omitempty"`  // id, of a backfill
	Projects []string `json:"projects,omitempty"` // ids, of changes
	From     int64    `json:"from,omitempty"`     // of a backfill: created at this epoch ms or later; 0 is from ever
	To       int64    `json:"to,omitempty"`       // of a backfill: created before this epoch ms; 0 is for ever
	Since    int64    `json:"since,omitempty"`    // epoch ms, of changes
	Started  int64    `json:"started"`            // epoch ms of the round's start
	Scope    string   `json:"scope"`
	Token    string   `json:"token,omitempty"` // of the next page, on Cloud
	span              // where the next page begins, on Data Center
	Pages    int      `json:"pages,omitempty"` // read so far
	Total    int      `json:"total,omitempty"` // issues expected in all; 0 when unknown
	Done     bool     `json:"done,omitempty"`
}

const (
	backfill = "backfill"
	changes  = "changes"
)

// markOf is the key of a project in a mark: each says for itself when the round
// began that read it last, so that one that comes and goes does not make the
// others be read again.
func markOf(project string) string { return "project/" + project }

// reached is what a mark says of a project: the beginning of the round by the
// server's clock in epoch milliseconds, and the scope. Another scope asks for a
// backfill.
func (p position) reached() string { return strconv.FormatInt(p.Started, 10) + " " + p.Scope }

// since reads what a mark says of a project; false when it was not read yet, or
// in another way.
func since(mark backlog.Mark, project, scope string) (ms int64, read bool) {
	at, of, _ := strings.Cut(mark[markOf(project)], " ")
	ms, err := strconv.ParseInt(at, 10, 64)
	return ms, err == nil && of == scope
}

func sweep(name string, p position) backlog.Sweep {
	return backlog.Sweep{Name: name, Position: p.String()}
}

func (p position) String() string {
	encoded, err := json.Marshal(p)
	if err != nil { // strings and numbers always encode
		return err.Error()
	}
	return string(encoded)
}

// next names the next page; empty when there is none, or before the first.
func (p position) next() string {
	if p.Done || p.Token != "" || p.span == (span{}) {
		return p.Token
	}
	return fmt.Sprint(p.span)
}

// last is the page that ends a sweep.
func (p position) last(page backlog.Page) backlog.Page {
	page.Last, page.Position, page.Total = true, p.String(), max(p.Total, 0)
	page.Mark = backlog.Mark{}
	for _, project := range append(p.Projects, p.Project) {
		if project != "" {
			page.Mark[markOf(project)] = p.reached()
		}
	}
	return page
}
