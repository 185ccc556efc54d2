package evaluate

import (
	"fmt"
	"slices"
	"strings"

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

// outcomes decides for each policy of the level whether what it said counts.
func (j *judge) outcomes(f *backlog.Family, at place, facts *engine.Facts, result engine.Result) []backlog.PolicyOutcome {
	policies, rules := j.byLevel[f.Level], j.rules.at(f.Level, &at).of
	if len(policies) == 0 {
		return nil
	}
	all := make([]backlog.PolicyOutcome, len(policies))
	doubt := j.trust.doubt(sourceOf(&f.Stored))
	for i := range policies {
		all[i] = j.outcome(&policies[i], rules[i], f, at, facts, doubt, result)
	}
	return all
}

// outcome decides for one policy. The order matters: a person's decision
// before our doubts, our doubts before the policy's word.
func (j *judge) outcome(p *engine.Policy, rule Rule, f *backlog.Family, at place, facts *engine.Facts, doubt string, result engine.Result) backlog.PolicyOutcome {
	o := backlog.PolicyOutcome{Policy: p.ID, Severity: rule.Severity}
	if !rule.Enabled {
		o.Verdict, o.Cause = backlog.Skipped, CauseOff
		return o
	}
	if x, exempt := j.exemption(p, &f.Stored, at); exempt {
		o.Verdict, o.Cause, o.Until = backlog.Exempt, x.Reason, x.Until
		return o
	}
	skip := j.skip(p, &f.Item, facts)
	switch {
	case doubt != "":
		o.Verdict, o.Cause = backlog.Undecidable, "coverage in doubt: "+doubt
	case j.trust.suspended(p, &f.Stored) != "":
		o.Verdict, o.Cause = backlog.Undecidable, j.trust.suspended(p, &f.Stored)
	case skip != "":
		o.Verdict, o.Cause = backlog.Skipped, skip
	case result.Failed[p.ID] != nil:
		o.Verdict, o.Cause = backlog.Undecidable, result.Failed[p.ID].Error()
	case f.Text.Truncated && reads(p, backlog.FieldAcceptanceCriteria, backlog.FieldBenefitHypothesis):
		o.Verdict, o.Cause = backlog.Undecidable, "the text is too long to be read whole"
	case len(result.Violations[p.ID]) > 0:
		o.Verdict, o.Violations = backlog.Fail, result.Violations[p.ID]
	case !facts.ChildrenKnown && p.Reads.Children:
		o.Verdict, o.Cause = backlog.Undecidable, "not all children are known"
	case j.trust.stale(p, f) != "":
		o.Verdict, o.Cause = backlog.Undecidable, j.trust.stale(p, f)
	default:
		o.Verdict = backlog.Pass
	}
	return o
}

// reads reports whether a policy is about one of the fields.
func reads(p *engine.Policy, fields ...backlog.Field) bool {
	return slices.ContainsFunc(p.Requires, func(f backlog.Field) bool { return slices.Contains(fields, f) })
}

// skip says why a policy does not apply to an item; empty when it does.
func (j *judge) skip(p *engine.Policy, item *backlog.Item, facts *engine.Facts) string {
	if facts.NotDone && facts.AgeDays < p.Grace {
		return CauseYoung
	}
	if facts.Committed && !p.Committed {
		return CauseCommitted
	}
	var unused []string
	for _, f := range p.Requires {
		if !j.usage.used(*item, f) {
			unused = append(unused, strings.ReplaceAll(f.String(), "_", " "))
		}
	}
	if len(unused) > 0 {
		return fmt.Sprintf("%s: %s", CauseNotUsed, strings.Join(unused, ", "))
	}
	return ""
}

// exemption finds the first exemption in force that covers the policy and item,
// or the label by which people take the item out of every policy.
func (j *judge) exemption(p *engine.Policy, item *backlog.Stored, at place) (Exemption, bool) {
	for _, x := range j.settings.Exemptions {
		if x.Until >= j.calendar.today && fits(x.Policy, p.ID) && fits(x.Connection, item.Connection) &&
			fits(x.Item, item.Key) && fits(x.Team, at.team) && fits(x.Train, at.train) {
			return x, true
		}
	}
	label, until, silent := j.settings.Silence.On(item.Labels, j.calendar.today)
	return Exemption{Reason: "the label " + label, Until: until}, silent
}

func fits(want, have string) bool { return want == "" || strings.EqualFold(want, have) }
