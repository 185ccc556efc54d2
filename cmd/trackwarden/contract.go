package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/reconcile"
)

// The JSON contracts of check and plan. docs/json.md describes them; fields
// are only ever added while schema stays the same.
const contractSchema = 1

type checkContract struct {
	Schema      int                  `json:"schema"`
	Pass        time.Time            `json:"pass"` // when it was made
	Connections []connectionContract `json:"connections"`
	Findings    []findingContract    `json:"findings"`
	Verdicts    []verdictContract    `json:"verdicts"`
}

type connectionContract struct {
	Name     string             `json:"name"`
	Complete bool               `json:"complete"`
	Items    int                `json:"items"`
	Coverage []backlog.Coverage `json:"coverage"`
	AsOf     time.Time          `json:"asOf"`
	Problem  string             `json:"problem,omitempty"`
	Notes    []string           `json:"notes,omitempty"` // what the site said that needs a person
}

type findingContract struct {
	Policy     string           `json:"policy"`
	Severity   backlog.Severity `json:"severity"`
	Connection string           `json:"connection"`
	Subject    subjectContract  `json:"subject"`
	Team       string           `json:"team"`
	Message    string           `json:"message"`
	Evidence   map[string]any   `json:"evidence"`
	Remedy     string           `json:"remedy"`
	Since      string           `json:"since"` // YYYY-MM-DD
}

type subjectContract struct {
	Kind  backlog.SubjectKind `json:"kind"`
	ID    string              `json:"id"`
	Key   string              `json:"key"`
	URL   string              `json:"url"`
	Level backlog.Level       `json:"level"`
	Title string              `json:"title"`
}

type verdictContract struct {
	Policy  string `json:"policy"`
	Pass    int    `json:"pass"`
	Fail    int    `json:"fail"`
	Skipped int    `json:"skipped"`
	Exempt  int    `json:"exempt"`
	Unknown int    `json:"unknown"`
}

func (v *verdictContract) count(verdict backlog.Verdict) {
	switch verdict {
	case backlog.Pass:
		v.Pass++
	case backlog.Fail:
		v.Fail++
	case backlog.Skipped:
		v.Skipped++
	case backlog.Exempt:
		v.Exempt++
	case backlog.Undecidable:
		v.Unknown++
	}
}

type planContract struct {
	Schema   int              `json:"schema"`
	PlanHash string           `json:"planHash"`
	Changes  []changeContract `json:"changes"`
	Held     []heldContract   `json:"held"`
	Parked   []parkedContract `json:"parked,omitempty"` // what a person has to approve
	Writes   *writesContract  `json:"writes,omitempty"` // of apply
	Digest   []digestContract `json:"digest,omitempty"` // of apply: labels only, the report tells of them
	Problems []string         `json:"problems,omitempty"`
}

// digestContract counts the items of a team that were put into the digest. It
// never says whose they are.
type digestContract struct {
	Connection string `json:"connection"`
	Team       string `json:"team"` // empty for none
	Items      int    `json:"items"`
}

type parkedContract struct {
	Connection string `json:"connection"`
	Project    string `json:"project"` // key
	Items      int    `json:"items"`
	Changes    int    `json:"changes"`
	Removals   int    `json:"removals"`
	Hash       string `json:"hash"`
	reason     string
}

type changeContract struct {
	Connection    string   `json:"connection"`
	Item          string   `json:"item"`
	Key           string   `json:"key"`
	AddLabels     []string `json:"addLabels"`
	RemoveLabels  []string `json:"removeLabels"`
	Comment       string   `json:"comment"`                 // Markdown; empty when it stays as it is
	DeleteComment string   `json:"deleteComment,omitempty"` // id of a comment of ours that is taken away
	Why           []string `json:"why"`
}

type heldContract struct {
	Connection string `json:"connection"`
	Item       string `json:"item"`
	Reason     string `json:"reason"`
}

type writesContract struct {
	Requests int `json:"requests"`
	Applied  int `json:"applied"`
	Refused  int `json:"refused"`
	Unknown  int `json:"unknown"`
	Failed   int `json:"failed"` // items that the tracker refused to let us write on
}

// checkContract builds what check prints from the pass and the store.
func (a *app) checkContract(ctx context.Context, result reconcile.Result) (checkContract, error) {
	c := checkContract{Schema: contractSchema, Pass: a.clock().UTC(), Findings: []findingContract{}, Verdicts: []verdictContract{}}
	for _, o := range result.Connections {
		c.Connections = append(c.Connections, connectionOf(o))
	}
	if err := a.findings(ctx, &c); err != nil {
		return c, err
	}
	c.order()
	return c, a.verdicts(ctx, &c)
}

// complete reports whether every connection was read whole.
func (c *checkContract) complete() bool {
	return !slices.ContainsFunc(c.Connections, func(one connectionContract) bool { return !one.Complete })
}

// order puts the weightiest findings first, and those of one policy together.
func (c *checkContract) order() {
	slices.SortStableFunc(c.Findings, func(x, y findingContract) int {
		if x.Severity != y.Severity {
			if x.Severity.AtLeast(y.Severity) {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(x.Policy, y.Policy), cmp.Compare(x.Connection, y.Connection),
			cmp.Compare(len(x.Subject.Key), len(y.Subject.Key)), cmp.Compare(x.Subject.Key, y.Subject.Key))
	})
}

func connectionOf(o reconcile.Outcome) connectionContract {
	c := connectionContract{
		Name: o.Name, Complete: o.Complete(), Coverage: o.Pull.Coverage, AsOf: o.Site.Now, Notes: slices.Clone(o.Site.Problems),
	}
	for _, cover := range o.Pull.Coverage {
		c.Items += cover.Seen
		if cover.State == backlog.Complete && cover.Seen >= cover.Expected && cover.Reason != "" {
			c.Notes = append(c.Notes, cover.Project+": "+cover.Reason)
		}
	}
	if o.Err != nil {
		c.Problem = told(o.Err).Error()
	} else if doubt := o.Doubt(); doubt != "" {
		c.Problem = doubt
	} else if !c.Complete {
		c.Problem = shortfall(o.Pull.Coverage)
	}
	for _, broken := range o.Pull.Broken {
		c.Notes = append(c.Notes, broken.Key+" could not be read: "+broken.Err.Error())
	}
	return c
}

// shortfall says what is lacking where data is whole but for a few items.
func shortfall(coverage []backlog.Coverage) string {
	var parts []string
	for _, c := range coverage {
		if c.Seen < c.Expected {
			parts = append(parts, c.Project+": "+c.Reason)
		}
	}
	return strings.Join(parts, "; ")
}

func (a *app) findings(ctx context.Context, c *checkContract) error {
	org, zone := a.cfg.Organisation(), a.cfg.Schedule.Zone()
	return a.db.EachOpenFinding(ctx, func(f backlog.Finding, item *backlog.Stored) error {
		found := findingContract{
			Policy: f.Policy, Severity: f.Severity, Message: f.Message, Evidence: f.Evidence,
			Since: backlog.Day(f.Opened, zone), Subject: subjectContract{Kind: f.Subject.Kind, ID: f.Subject.ID},
		}
		if p, known := a.library.Policy(f.Policy); known {
			found.Remedy = p.Remedy
		}
		switch f.Subject.Kind {
		case backlog.TeamSubject:
			found.Team = f.Subject.ID
		case backlog.ConnectionSubject:
			found.Connection = f.Subject.ID
		}
		if item == nil { // a team, train, increment or connection as a whole
			found.Subject.Key, found.Subject.Title = string(f.Subject.Kind), f.Subject.ID
		} else {
			found.Connection = item.Connection
			found.Subject.Key, found.Subject.URL, found.Subject.Level, found.Subject.Title = item.Key, item.URL, item.Level, item.Title
			if teams := org.TeamsOf(item.Connection, item.Item); len(teams) > 0 {
				found.Team = teams[0].Name
			}
		}
		c.Findings = append(c.Findings, found)
		return nil
	})
}

func (a *app) verdicts(ctx context.Context, c *checkContract) error {
	index := map[string]int{}
	for i, p := range a.library.Policies() {
		index[p.ID] = i
		c.Verdicts = append(c.Verdicts, verdictContract{Policy: p.ID})
	}
	return a.db.EachJudgement(ctx, func(_ backlog.Subject, _ *backlog.Stored, j backlog.Judgement) error {
		for _, o := range j.Outcomes {
			if i, known := index[o.Policy]; known {
				c.Verdicts[i].count(o.Verdict)
			}
		}
		return nil
	})
}

// peopleSaid is what people told us by taking off what we wrote.
func peopleSaid(o reconcile.Outcome) (said []string) {
	if o.Dismissed > 0 {
		said = append(said, fmt.Sprintf("%s: %d findings are dismissed: people took off what spoke of them", o.Name, o.Dismissed))
	}
	if o.Swept > 0 {
		said = append(said, fmt.Sprintf("%s: %d items lost our labels or comments within an hour: that is taken for a clean-up, nothing is dismissed by it", o.Name, o.Swept))
	}
	return said
}

// planOf builds what plan and apply print.
func planOf(result reconcile.Result, wrote bool) planContract {
	var all backlog.Plan
	c := planContract{Schema: contractSchema, Changes: []changeContract{}, Held: []heldContract{}}
	writes := writesContract{}
	for _, o := range result.Connections {
		all.Changes = append(all.Changes, o.Plan.Changes...)
		for _, h := range append(slices.Clone(o.Plan.Held), o.Writes.Held...) {
			c.Held = append(c.Held, heldContract{Connection: h.Connection, Item: h.Key, Reason: h.Reason})
		}
		for _, p := range o.Parked {
			c.Parked = append(c.Parked, parkedContract{p.Connection, p.Key, p.Items, p.Changes, p.Removals, p.Hash, reconcile.ParkedReason(p)})
		}
		if o.Err != nil {
			c.Problems = append(c.Problems, o.Name+": "+told(o.Err).Error())
		}
		if o.Stopped != "" {
			c.Problems = append(c.Problems, o.Name+": nothing more is written: "+o.Stopped)
		}
		c.Problems = append(c.Problems, peopleSaid(o)...)
		for _, exposed := range o.Exposed {
			c.Problems = append(c.Problems, o.Name+": "+exposed)
		}
		if o.Writes.Waiting > 0 {
			c.Problems = append(c.Problems, fmt.Sprintf("%s: %d items wait: %s", o.Name, o.Writes.Waiting, strings.Join(o.Writes.Budgets, "; ")))
		}
		for _, team := range names(o.Writes.Digest) {
			c.Digest = append(c.Digest, digestContract{o.Name, team, o.Writes.Digest[team]})
		}
		writes.Requests += o.Writes.Requests
		writes.Applied += o.Writes.Applied
		writes.Refused += o.Writes.Refused
		writes.Unknown += o.Writes.Unknown
		writes.Failed += o.Writes.Failed
	}
	for _, change := range all.Changes {
		c.Changes = append(c.Changes, changeOf(change))
	}
	c.PlanHash = all.Hash()
	if wrote {
		c.Writes = &writes
	}
	return c
}

func changeOf(p backlog.Planned) changeContract {
	c := changeContract{
		Connection: p.Connection, Item: p.Item.String(), Key: p.Key, Why: orEmpty(p.Why),
		AddLabels: orEmpty(p.AddLabels), RemoveLabels: orEmpty(p.RemoveLabels),
	}
	if p.Comment != nil {
		c.Comment = p.Comment.Markdown
		if p.Comment.Delete {
			c.DeleteComment = p.Comment.ID
		}
	}
	return c
}

func orEmpty(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
