package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/policies/engine"
	"github.com/trackwarden/trackwarden/sync/evaluate"
)

func policiesDiffCommand(s *session) *cobra.Command {
	var most int
	cmd := &cobra.Command{
		Use: "diff OLD NEW", Short: "Say which items would gain and lose findings by other policies", Args: twoSets,
		Long: `Judges the stored backlog by two sets of policies, as the configuration sets
them, and says who would gain and lose findings, before anything is deployed. It
asks no tracker and keeps nothing.

OLD and NEW are each built-in, configured, or a folder of policies, which counts
together with the built-in ones unless it has files of theirs.`,
		Example: `  trackwarden policies diff configured ./policies-new
  trackwarden policies diff built-in configured --json | jq '.policies[]'`,
		RunE: func(cmd *cobra.Command, sets []string) error {
			return s.diffPolicies(cmd.Context(), sets[0], sets[1], most)
		},
	}
	cmd.Flags().IntVar(&most, "items", 50, "list at most so many `FINDINGS`; 0 lists all")
	s.jsonFlags(cmd)
	return cmd
}

func twoSets(cmd *cobra.Command, args []string) error {
	if len(args) != 2 {
		return usage(fmt.Errorf("%s takes two sets of policies: each built-in, configured or a folder", cmd.CommandPath()))
	}
	return nil
}

// diffContract is what policies diff prints.
type diffContract struct {
	Schema   int           `json:"schema"`
	Judged   int           `json:"judged"`   // items, teams, trains, increments and connections
	Gained   int           `json:"gained"`   // findings
	Lost     int           `json:"lost"`     // findings
	Items    int           `json:"items"`    // of those, that gain or lose any
	More     int           `json:"more"`     // findings that are not listed
	Policies []policyDiff  `json:"policies"` // those that differ
	Findings []findingDiff `json:"findings"` // at most as many as asked for; written as they are found
}

// policyDiff is what changes for one policy.
type policyDiff struct {
	Policy  string `json:"policy"`
	Old     int    `json:"old"` // findings
	New     int    `json:"new"`
	Gained  int    `json:"gained"`
	Lost    int    `json:"lost"`
	Unknown int    `json:"unknown"` // items that could be judged before and no longer can
}

func (d *policyDiff) differs() bool { return d.Gained+d.Lost+d.Unknown > 0 }

// findingDiff is a finding that one of the two has.
type findingDiff struct {
	Change     string         `json:"change"` // gained or lost
	Policy     string         `json:"policy"`
	Kind       string         `json:"kind"` // of the subject: item, team, train, increment or connection
	Connection string         `json:"connection"`
	ID         string         `json:"id"`
	Key        string         `json:"key"` // empty for what is no item
	Title      string         `json:"title"`
	Message    string         `json:"message"`
	Evidence   map[string]any `json:"evidence"`
}

func (s *session) diffPolicies(ctx context.Context, before, after string, most int) error {
	a, err := s.stored(ctx, nil)
	if err != nil {
		return err
	}
	defer a.close()
	var libraries []evaluate.Library
	for _, set := range []string{before, after} {
		library, err := s.setOf(ctx, a.cfg, set)
		if err != nil {
			return err
		}
		libraries = append(libraries, library)
	}
	trial, err := a.try(ctx, a.judging(), libraries...)
	if err != nil {
		return err
	}
	c, err := differences(ctx, trial)
	if err != nil {
		return incomplete(fmt.Errorf("compare policies: %w", err))
	}
	if most > 0 {
		c.More = max(0, c.Gained+c.Lost-most)
	}
	each := func(hand func(findingDiff) error) error {
		return eachDifference(ctx, trial, c.Gained+c.Lost-c.More, hand)
	}
	if s.json() {
		err = printDiffJSON(s.out, c, each)
	} else {
		err = newPrinter(s.out).diff(c, each)
	}
	if err != nil {
		return incomplete(fmt.Errorf("list findings: %w", err))
	}
	return nil
}

// setOf compiles one side of a comparison: what holds of it somewhere.
func (s *session) setOf(ctx context.Context, cfg *config.Config, set string) (*engine.Library, error) {
	var r rules
	var err error
	switch set {
	case "built-in":
		r, err = loadRules(ctx, nil)
	case "configured":
		r.Library, err = loadLibrary(ctx, cfg, s.logger())
	default:
		r, err = loadRules(ctx, []string{set})
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", set, err)
	}
	library, err := r.Only(ctx, func(p engine.Policy) bool { return cfg.PolicyHolds(p.ID, p.Bundles) })
	if err != nil {
		return nil, usage(fmt.Errorf("%s: %w", set, err))
	}
	return library, nil
}

// differences counts in one walk over the stored items, and keeps no finding.
func differences(ctx context.Context, trial *evaluate.Trial) (diffContract, error) {
	c := diffContract{Schema: contractSchema, Policies: []policyDiff{}, Findings: []findingDiff{}}
	policies := map[string]*policyDiff{}
	err := trial.Each(ctx, func(t *evaluate.Tried) error {
		c.Judged++
		if len(compare(t, policies)) > 0 {
			c.Items++
		}
		return nil
	})
	for _, id := range slices.Sorted(maps.Keys(policies)) {
		if d := policies[id]; d.differs() {
			c.Gained, c.Lost = c.Gained+d.Gained, c.Lost+d.Lost
			c.Policies = append(c.Policies, *d)
		}
	}
	return c, err
}

// errEnough ends a walk that has handed on as much as was asked for.
var errEnough = errors.New("enough")

// eachDifference walks over the stored items again and hands on so many of the
// findings that differ, one at a time: there may be more than fit into memory.
func eachDifference(ctx context.Context, trial *evaluate.Trial, most int, hand func(findingDiff) error) error {
	if most == 0 {
		return nil
	}
	err := trial.Each(ctx, func(t *evaluate.Tried) error {
		for _, change := range compare(t, map[string]*policyDiff{}) {
			if err := hand(change); err != nil {
				return err
			}
			if most--; most == 0 {
				return errEnough
			}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// compare counts what is said of one item, and returns the findings that only
// one side has.
func compare(t *evaluate.Tried, policies map[string]*policyDiff) (changes []findingDiff) {
	of := func(id string) *policyDiff {
		if policies[id] == nil {
			policies[id] = &policyDiff{Policy: id}
		}
		return policies[id]
	}
	before, after := said(t.Outcomes[0]), said(t.Outcomes[1])
	for _, one := range before.findings {
		of(one.policy).Old++
		if !after.has[one.print] {
			of(one.policy).Lost++
			changes = append(changes, one.change("lost", t))
		}
	}
	for _, one := range after.findings {
		of(one.policy).New++
		if !before.has[one.print] {
			of(one.policy).Gained++
			changes = append(changes, one.change("gained", t))
		}
	}
	for id := range after.unknown {
		if !before.unknown[id] {
			of(id).Unknown++
		}
	}
	return changes
}

// sayings is what one library says of an item.
type sayings struct {
	findings []saying
	has      map[string]bool // by fingerprint
	unknown  map[string]bool // by policy
}

type saying struct {
	policy, print string
	backlog.Violation
}

func said(outcomes []backlog.PolicyOutcome) sayings {
	var s sayings
	for _, o := range outcomes {
		if o.Verdict == backlog.Undecidable {
			if s.unknown == nil {
				s.unknown = map[string]bool{}
			}
			s.unknown[o.Policy] = true
		}
		for _, v := range o.Violations {
			if s.has == nil {
				s.has = map[string]bool{}
			}
			fingerprint := backlog.Fingerprint(o.Policy, v.Evidence)
			s.has[fingerprint] = true
			s.findings = append(s.findings, saying{o.Policy, fingerprint, v})
		}
	}
	return s
}

func (s saying) change(what string, of *evaluate.Tried) findingDiff {
	d := findingDiff{
		Change: what, Policy: s.policy, Kind: string(of.Subject.Kind), ID: of.Subject.ID, Title: of.Title, Message: s.Message, Evidence: s.Evidence,
	}
	if of.Item != nil {
		d.Connection, d.Key = of.Item.Connection, of.Item.Key
	}
	return d
}

// printDiffJSON prints the contract, and its findings as they are found.
func printDiffJSON(w io.Writer, c diffContract, each func(func(findingDiff) error) error) error {
	var head bytes.Buffer
	if err := printJSON(&head, c); err != nil {
		return err
	}
	const end = "]\n}\n" // of the list of findings, which comes last
	if _, err := w.Write(bytes.TrimSuffix(head.Bytes(), []byte(end))); err != nil {
		return err
	}
	separator := "\n    "
	err := each(func(f findingDiff) error {
		text, err := json.Marshal(f)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%s%s", separator, text)
		separator = ",\n    "
		return err
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, end)
	return err
}

func (p *printer) diff(c diffContract, each func(func(findingDiff) error) error) error {
	p.line("%d subjects judged by both: %d findings gained, %d lost, on %d of them.", c.Judged, c.Gained, c.Lost, c.Items)
	if len(c.Policies) == 0 {
		return nil
	}
	p.line("")
	var rows [][]string
	for _, d := range c.Policies {
		rows = append(rows, []string{d.Policy, strconv.Itoa(d.Old), strconv.Itoa(d.New), "+" + strconv.Itoa(d.Gained), "-" + strconv.Itoa(d.Lost), strconv.Itoa(d.Unknown)})
	}
	p.table([]string{"POLICY", "OLD", "NEW", "GAINED", "LOST", "NEWLY UNKNOWN"}, rows)
	p.line("")
	err := each(func(f findingDiff) error {
		sign, style := "+", plus
		if f.Change == "lost" {
			sign, style = "-", minus
		}
		p.line("%s", p.tint(harmless(fmt.Sprintf("%s %s  %s  %s: %s", sign, f.Policy, f.Key, f.Title, f.Message)), style))
		return nil
	})
	if c.More > 0 {
		p.line("And %d more: --items 0 lists all.", c.More)
	}
	return err
}
