package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/sync/evaluate"
)

// itemTrial is what policies test --item is told.
type itemTrial struct {
	key, connection string
	policies        []string // only these, also where they are switched off
	input           bool     // print the input document
}

// triedContract is what the policies say of one stored item.
type triedContract struct {
	Schema   int             `json:"schema"`
	Item     itemContract    `json:"item"`
	Policies []triedPolicy   `json:"policies"`
	Input    json.RawMessage `json:"input,omitempty"`
}

type triedPolicy struct {
	Policy     string              `json:"policy"`
	Verdict    backlog.Verdict     `json:"verdict"`
	Cause      string              `json:"cause,omitempty"`
	Until      string              `json:"until,omitempty"`
	Severity   backlog.Severity    `json:"severity"`
	Violations []backlog.Violation `json:"violations,omitempty"`
}

// stored opens the backlog that policies are tried on, or says that there is none.
func (s *session) stored(ctx context.Context, library *engine.Library) (*app, error) {
	a, err := s.backlogOf(ctx, library)
	if err == nil && a == nil {
		err = usage(errors.New("nothing was read yet: run trackwarden check first, or name the configuration with --config"))
	}
	return a, err
}

// try prepares a trial of libraries on the stored backlog.
func (a *app) try(ctx context.Context, settings evaluate.Settings, libraries ...evaluate.Library) (*evaluate.Trial, error) {
	e := &evaluate.Evaluator{Store: a.db, Settings: settings, Clock: a.clock, Log: a.log}
	trial, err := e.Try(ctx, libraries...)
	if err != nil {
		return nil, incomplete(fmt.Errorf("prepare trial: %w", err))
	}
	return trial, nil
}

func (s *session) testItem(ctx context.Context, folders []string, q itemTrial) error {
	r, err := s.rulesOf(ctx, folders)
	if err != nil {
		return err
	}
	for _, id := range q.policies {
		if _, err := r.policy(id); err != nil {
			return err
		}
	}
	a, err := s.stored(ctx, r.Library)
	if err != nil {
		return err
	}
	defer a.close()
	c, err := a.tried(ctx, r.Library, q)
	if err != nil {
		return err
	}
	return s.printTried(c, q.input)
}

// tried judges one item.
func (a *app) tried(ctx context.Context, library *engine.Library, q itemTrial) (triedContract, error) {
	item, err := a.item(ctx, q.connection, q.key)
	if err != nil {
		return triedContract{}, err
	}
	families, err := a.db.Families(ctx, []backlog.ItemID{item.ID})
	if err != nil {
		return triedContract{}, incomplete(fmt.Errorf("load item: %w", err))
	}
	if len(families) == 0 {
		return triedContract{}, usage(fmt.Errorf("%s is %s: it is not judged", item.Key, item.Presence))
	}
	settings := a.judging()
	if len(q.policies) > 0 {
		settings.Rule = evenIfOff(settings.Rule)
		if library, err = library.Only(ctx, func(p engine.Policy) bool { return slices.Contains(q.policies, p.ID) }); err != nil {
			return triedContract{}, usage(err)
		}
	}
	trial, err := a.try(ctx, settings, library)
	if err != nil {
		return triedContract{}, err
	}
	trial.Whole()
	said, err := trial.Item(ctx, &families[0])
	if err != nil {
		return triedContract{}, incomplete(err)
	}
	c := triedContract{Schema: contractSchema, Item: itemOf(item), Policies: triedPolicies(said.Outcomes[0])}
	if q.input {
		c.Input, err = json.Marshal(said.Input())
	}
	return c, err
}

// evenIfOff switches every policy on.
func evenIfOff(rule func(engine.Policy, string, string, string) evaluate.Rule) func(engine.Policy, string, string, string) evaluate.Rule {
	return func(p engine.Policy, connection, train, team string) evaluate.Rule {
		r := rule(p, connection, train, team)
		r.Enabled = true
		return r
	}
}

func triedPolicies(outcomes []backlog.PolicyOutcome) []triedPolicy {
	all := []triedPolicy{}
	for _, o := range outcomes {
		all = append(all, triedPolicy(o))
	}
	slices.SortStableFunc(all, func(x, y triedPolicy) int {
		return cmp.Or(cmp.Compare(weight(x.Verdict), weight(y.Verdict)), cmp.Compare(x.Policy, y.Policy))
	})
	return all
}

// printTried prints the verdicts. Where the input is asked for, that alone goes
// to standard output, to be kept in a file.
func (s *session) printTried(c triedContract, input bool) error {
	if s.json() {
		return printJSON(s.out, c)
	}
	p := newPrinter(s.out)
	if input {
		if err := printJSON(s.out, c.Input); err != nil {
			return err
		}
		p = newPrinter(s.err)
	}
	p.item(c.Item)
	p.line("")
	p.verdictsOf(c.Policies)
	return nil
}

func (p *printer) verdictsOf(all []triedPolicy) {
	if len(all) == 0 {
		p.line("No policy judges items of this level.")
		return
	}
	var rows [][]string
	off := 0
	for _, t := range all {
		if t.Cause == evaluate.CauseOff {
			off++
			continue
		}
		if len(t.Violations) == 0 {
			rows = append(rows, []string{t.Policy, string(t.Verdict), string(t.Severity), t.Cause})
		}
		for _, v := range t.Violations {
			evidence, err := json.Marshal(v.Evidence)
			if err != nil { // evidence was read from JSON's own kinds
				evidence = []byte(err.Error())
			}
			rows = append(rows, []string{t.Policy, string(t.Verdict), string(t.Severity), v.Message + " " + string(evidence)})
		}
	}
	p.table([]string{"POLICY", "VERDICT", "SEVERITY", "WHY"}, rows)
	if off > 0 {
		p.line("%d more are switched off: name one with --policy to try it all the same.", off)
	}
}
