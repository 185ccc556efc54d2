package evaluate

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// Causes of a skipped verdict.
const (
	CauseOff       = "switched off"
	CauseYoung     = "too young"
	CauseCommitted = "committed"
	CauseNotUsed   = "field not used here"
)

// outcome decides whether what a policy said counts. The order matters: a
// person's decision before our doubts, our doubts before the policy's word.
func (j *judge) outcome(p engine.Policy, family backlog.Family, place place, in engine.Input, result engine.Result) backlog.PolicyOutcome {
	rule := j.rules.of(p, place)
	o := backlog.PolicyOutcome{Policy: p.ID, Severity: rule.Severity}
	switch exemption, exempt := j.exemption(p, family.Stored, place); {
	case !rule.Enabled:
		o.Verdict, o.Cause = backlog.Skipped, CauseOff
	case exempt:
		o.Verdict, o.Cause, o.Until = backlog.Exempt, exemption.Reason, exemption.Until
	case j.trust.doubt(sourceOf(family.Stored)) != "":
		o.Verdict, o.Cause = backlog.Undecidable, "coverage in doubt: "+j.trust.doubt(sourceOf(family.Stored))
	case j.skip(p, family.Item, in) != "":
		o.Verdict, o.Cause = backlog.Skipped, j.skip(p, family.Item, in)
	case result.Failed[p.ID] != nil:
		o.Verdict, o.Cause = backlog.Undecidable, result.Failed[p.ID].Error()
	case family.Text.Truncated && reads(p, backlog.FieldAcceptanceCriteria, backlog.FieldBenefitHypothesis):
		o.Verdict, o.Cause = backlog.Undecidable, "the text is too long to be read whole"
	case len(result.Violations[p.ID]) > 0:
		o.Verdict, o.Violations = backlog.Fail, result.Violations[p.ID]
	case !in.Facts.ChildrenKnown && p.Reads.Children:
		o.Verdict, o.Cause = backlog.Undecidable, "not all children are known"
	default:
		o.Verdict = backlog.Pass
	}
	return o
}

// reads reports whether a policy is about one of the fields.
func reads(p engine.Policy, fields ...backlog.Field) bool {
	return slices.ContainsFunc(p.Requires, func(f backlog.Field) bool { return slices.Contains(fields, f) })
}

// skip says why a policy does not apply to an item; empty when it does.
func (j *judge) skip(p engine.Policy, item backlog.Item, in engine.Input) string {
	if in.Facts.NotDone && in.Facts.AgeDays < p.Grace {
		return CauseYoung
	}
	if in.Facts.Committed && !p.Committed {
		return CauseCommitted
	}
	var unused []string
	for _, f := range p.Requires {
		if !j.usage.used(item, f) {
			unused = append(unused, strings.ReplaceAll(f.String(), "_", " "))
		}
	}
	if len(unused) > 0 {
		return fmt.Sprintf("%s: %s", CauseNotUsed, strings.Join(unused, ", "))
	}
	return ""
}

// exemption finds the first exemption in force that covers the policy and item.
func (j *judge) exemption(p engine.Policy, item backlog.Stored, place place) (Exemption, bool) {
	for _, x := range j.settings.Exemptions {
		if x.Until >= j.today && fits(x.Policy, p.ID) && fits(x.Connection, item.Connection) &&
			fits(x.Item, item.Key) && fits(x.Team, place.team.Name) {
			return x, true
		}
	}
	return Exemption{}, false
}

func fits(want, have string) bool { return want == "" || strings.EqualFold(want, have) }

// ruleCache resolves each policy once per team, not once per item.
type ruleCache struct {
	resolve  func(engine.Policy, string, string, string) Rule
	known    sync.Map // ruleKey → Rule
	settings sync.Map // levelKey → engine.Settings
}

type levelKey struct {
	level                   backlog.Level
	connection, train, team string
}

type ruleKey struct{ policy, connection, train, team string }

func newRuleCache(resolve func(engine.Policy, string, string, string) Rule) *ruleCache {
	return &ruleCache{resolve: resolve}
}

func (c *ruleCache) of(p engine.Policy, at place) Rule {
	key := ruleKey{p.ID, at.connection, at.train.Name, at.team.Name}
	if rule, ok := c.known.Load(key); ok {
		return rule.(Rule)
	}
	rule := c.resolve(p, at.connection, at.train.Name, at.team.Name)
	c.known.Store(key, rule)
	return rule
}
