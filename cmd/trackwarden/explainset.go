package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// setSubject reads "team/Checkout", "increment/Retail/PI 26.4" and so on; false
// for what names an item.
func setSubject(name string) (backlog.Subject, bool) {
	kind, id, cut := strings.Cut(name, "/")
	switch subject := (backlog.Subject{Kind: backlog.SubjectKind(kind), ID: id}); subject.Kind {
	case backlog.TeamSubject, backlog.TrainSubject, backlog.IncrementSubject, backlog.ConnectionSubject:
		return subject, cut && id != ""
	}
	return backlog.Subject{}, false
}

// explainSetContract is explain of a team, train, increment or connection.
type explainSetContract struct {
	Schema   int               `json:"schema"`
	Subject  backlog.Subject   `json:"subject"`
	Judged   string            `json:"judged"` // YYYY-MM-DD
	Rules    string            `json:"rules"`
	Input    string            `json:"input"`
	Policies []explainedPolicy `json:"policies"`
}

// explainSet says what each policy says of a team, train, increment or
// connection. Nothing is ever written on these.
func (s *session) explainSet(ctx context.Context, a *app, subject backlog.Subject) error {
	judgement, known, err := a.db.JudgementOf(ctx, subject)
	if err != nil {
		return incomplete(err)
	}
	if !known {
		return usage(fmt.Errorf("the %s %s was never judged: write it as in the settings, an increment as increment/TRAIN/NAME, or run trackwarden check", subject.Kind, subject.ID))
	}
	open, err := a.db.OpenFindings(ctx, []backlog.Subject{subject})
	if err != nil {
		return incomplete(fmt.Errorf("load findings: %w", err))
	}
	c := explainSetContract{
		Schema: contractSchema, Subject: subject, Judged: judgement.Today, Rules: judgement.Revision, Input: judgement.InputHash,
		Policies: []explainedPolicy{},
	}
	for _, outcome := range judgement.Outcomes {
		c.Policies = append(c.Policies, a.explainedPolicy(outcome, backlog.Candidate{Open: open[subject]}))
	}
	byWeight(c.Policies)
	if s.json() {
		return printJSON(s.out, c)
	}
	p := newPrinter(s.out)
	p.line("%s", p.bold(harmless(string(subject.Kind)+" "+subject.ID)))
	p.line("Judged on %s by revision %s of the policies.", c.Judged, c.Rules)
	var rows [][]string
	for _, e := range c.Policies {
		rows = append(rows, []string{e.Policy, string(e.Verdict), e.why()})
	}
	p.table([]string{"POLICY", "VERDICT", "WHY"}, rows)
	return nil
}
