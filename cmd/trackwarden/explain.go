package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
)

func explainCommand(s *session) *cobra.Command {
	var connection string
	cmd := &cobra.Command{
		Use: "explain ITEM", Short: "Say what each policy says of an item, why, and what that led to", Args: oneItem,
		Long: `Explains from what is stored, without asking the tracker: for each policy the
verdict, what it is based on, and the label and comment that it led to; and what
the next pass would write, or why it would not. A team, train, increment or
connection is named team/NAME, train/NAME, increment/TRAIN/NAME, connection/NAME.`,
		Example: "  trackwarden explain SHOP-147\n  trackwarden explain 4711 --connection platform --format json",
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.explain(cmd.Context(), a, connection, args[0]) })
		},
	}
	cmd.Flags().StringVar(&connection, "connection", "", "the item's `CONNECTION`, where several know its key")
	s.formatFlag(cmd)
	return cmd
}

type explainContract struct {
	Schema   int               `json:"schema"`
	Item     itemContract      `json:"item"`
	Judged   string            `json:"judged"` // YYYY-MM-DD; empty: never
	Rules    string            `json:"rules"`  // revision of the policies
	Input    string            `json:"input"`  // hash of what they saw
	Ready    readyContract     `json:"readiness"`
	Policies []explainedPolicy `json:"policies"`
	Ours     []oursContract    `json:"ours"`
	Next     nextContract      `json:"next"`
}

// readyContract is how many of the checks of readiness that apply pass. What
// could not be judged, or is exempt, does not pass.
type readyContract struct {
	Passed int `json:"passed"`
	All    int `json:"all"`
}

// explainedPolicy is what one policy says of the item, and what it led to.
type explainedPolicy struct {
	Policy   string           `json:"policy"`
	Verdict  backlog.Verdict  `json:"verdict"`
	Cause    string           `json:"cause,omitempty"`
	Until    string           `json:"until,omitempty"`
	Severity backlog.Severity `json:"severity,omitempty"`
	Findings []findingInBrief `json:"findings,omitempty"`
	Label    string           `json:"label,omitempty"`   // ours, on the item
	Comment  string           `json:"comment,omitempty"` // id of our comment, when it speaks of the policy
}

type findingInBrief struct {
	Since     string         `json:"since"` // YYYY-MM-DD
	Message   string         `json:"message"`
	Evidence  map[string]any `json:"evidence"`
	Dismissed string         `json:"dismissed,omitempty"`
}

type oursContract struct {
	Kind  backlog.OwnedKind `json:"kind"`
	Value string            `json:"value"`
	Since time.Time         `json:"since"`
}

type nextContract struct {
	AddLabels     []string `json:"addLabels"`
	RemoveLabels  []string `json:"removeLabels"`
	Comment       string   `json:"comment,omitempty"`
	DeleteComment string   `json:"deleteComment,omitempty"`
	Held          string   `json:"held,omitempty"`
}

func (s *session) explain(ctx context.Context, a *app, connection, name string) error {
	if subject, ok := setSubject(name); ok {
		return s.explainSet(ctx, a, subject)
	}
	item, err := a.item(ctx, connection, name)
	if err != nil {
		return err
	}
	c, err := a.explained(ctx, item)
	if err != nil {
		return incomplete(err)
	}
	if s.json() {
		return printJSON(s.out, c)
	}
	newPrinter(s.out).explain(c)
	return nil
}

// explained collects all that is known of an item.
func (a *app) explained(ctx context.Context, item backlog.Stored) (explainContract, error) {
	c := explainContract{Schema: contractSchema, Item: itemOf(item), Policies: []explainedPolicy{}, Ours: []oursContract{}}
	subject := backlog.Subject{Kind: backlog.ItemSubject, ID: item.ID.String()}
	judgement, known, err := a.db.JudgementOf(ctx, subject)
	if err != nil {
		return c, err
	}
	if known {
		c.Judged, c.Rules, c.Input = judgement.Today, judgement.Revision, judgement.InputHash
	}
	candidate, speaks, err := a.db.Candidate(ctx, item.ID)
	if err != nil {
		return c, fmt.Errorf("load findings: %w", err)
	}
	if !speaks { // nothing was found on it, and nothing on it is ours
		candidate.Stored = item
	}
	for _, o := range candidate.Owned {
		c.Ours = append(c.Ours, oursContract{o.Kind, o.Value, o.Since.UTC()})
	}
	for _, outcome := range judgement.Outcomes {
		c.Policies = append(c.Policies, a.explainedPolicy(outcome, candidate))
		a.ready(&c.Ready, outcome)
	}
	byWeight(c.Policies)
	next, held, err := a.reconciler.Preview(ctx, item.Connection, candidate)
	c.Next = nextContract{AddLabels: listed(next.AddLabels), RemoveLabels: listed(next.RemoveLabels), Held: held}
	if next.Comment != nil {
		c.Next.Comment = next.Comment.Markdown
		if next.Comment.Delete {
			c.Next.DeleteComment = next.Comment.ID
		}
	}
	return c, err
}

func (a *app) ready(r *readyContract, outcome backlog.PolicyOutcome) {
	policy, _ := a.library.Policy(outcome.Policy)
	if policy.Practice != "readiness" || outcome.Verdict == backlog.Skipped {
		return
	}
	r.All++
	if outcome.Verdict == backlog.Pass {
		r.Passed++
	}
}

// byWeight puts what asks for something first.
func byWeight(all []explainedPolicy) {
	slices.SortStableFunc(all, func(x, y explainedPolicy) int {
		return cmp.Or(cmp.Compare(weight(x.Verdict), weight(y.Verdict)), cmp.Compare(x.Policy, y.Policy))
	})
}

// weight orders verdicts: what asks for something first.
func weight(v backlog.Verdict) int {
	return slices.Index([]backlog.Verdict{backlog.Fail, backlog.Undecidable, backlog.Exempt, backlog.Pass, backlog.Skipped}, v)
}

func (a *app) explainedPolicy(outcome backlog.PolicyOutcome, c backlog.Candidate) explainedPolicy {
	e := explainedPolicy{Policy: outcome.Policy, Verdict: outcome.Verdict, Cause: outcome.Cause, Until: outcome.Until, Severity: outcome.Severity}
	for _, f := range c.Open {
		if f.Policy != outcome.Policy {
			continue
		}
		brief := findingInBrief{Since: a.day(f.Opened), Message: f.Message, Evidence: f.Evidence}
		if !f.Dismissed.IsZero() {
			brief.Dismissed = a.day(f.Dismissed)
		}
		e.Findings = append(e.Findings, brief)
	}
	policy, _ := a.library.Policy(outcome.Policy)
	label := a.cfg.Labels.Prefix + policy.Label
	for _, o := range c.Owned {
		switch {
		case o.Kind == backlog.OwnedLabel && strings.EqualFold(o.Value, label):
			e.Label = o.Value
		case o.Kind == backlog.OwnedComment && slices.Contains(o.Shows, outcome.Policy):
			e.Comment = o.Value
		}
	}
	return e
}

func (a *app) day(t time.Time) string { return backlog.Day(t, a.cfg.Schedule.Zone()) }

func listed(all []string) []string {
	if all == nil {
		return []string{}
	}
	return all
}

func (p *printer) explain(c explainContract) {
	p.item(c.Item)
	if c.Judged == "" {
		p.line("It was never judged: run trackwarden check.")
		return
	}
	p.line("Judged on %s by revision %s of the policies.", c.Judged, c.Rules)
	if c.Ready.All > 0 {
		p.line("Readiness: %d of %d checks pass.", c.Ready.Passed, c.Ready.All)
	}
	p.heading("Policies")
	var rows [][]string
	for _, e := range c.Policies {
		rows = append(rows, []string{e.Policy, string(e.Verdict), e.why(), e.led()})
	}
	p.table([]string{"POLICY", "VERDICT", "WHY", "LED TO"}, rows)
	p.heading("Ours on it")
	if len(c.Ours) == 0 {
		p.line("Nothing.")
	}
	for _, o := range c.Ours {
		p.line("%s %s, since %s", o.Kind, harmless(o.Value), moment(o.Since))
	}
	p.heading("Next pass")
	p.next(c.Next)
}

func (e explainedPolicy) why() string {
	if len(e.Findings) == 0 {
		return e.Cause
	}
	var parts []string
	for _, f := range e.Findings {
		part := f.Message + " Since " + f.Since + "."
		if f.Dismissed != "" {
			part += " Dismissed on " + f.Dismissed + "."
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

func (e explainedPolicy) led() string {
	var parts []string
	if e.Label != "" {
		parts = append(parts, "label "+e.Label)
	}
	if e.Comment != "" {
		parts = append(parts, "comment "+e.Comment)
	}
	return strings.Join(parts, ", ")
}

func (p *printer) next(n nextContract) {
	for _, label := range n.AddLabels {
		p.line("%s", p.tint("+ label "+harmless(label), plus))
	}
	for _, label := range n.RemoveLabels {
		p.line("%s", p.tint("- label "+harmless(label), minus))
	}
	if n.DeleteComment != "" {
		p.line("%s", p.tint("- our comment "+n.DeleteComment, minus))
	}
	for line := range strings.SplitSeq(strings.TrimSpace(n.Comment), "\n") {
		if n.Comment != "" {
			p.line("%s", p.tint("+ "+harmless(line), plus))
		}
	}
	switch {
	case n.Held != "":
		p.line("Held back: %s.", harmless(n.Held))
	case len(n.AddLabels)+len(n.RemoveLabels) == 0 && n.Comment == "" && n.DeleteComment == "":
		p.line("Nothing would be written.")
	}
}
