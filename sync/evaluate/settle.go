package evaluate

import (
	"slices"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// settle holds a judgement against the findings that are open: what opens,
// what stays and what closes. It is pure.
//
// A fail closes those findings of its policy whose evidence it no longer
// names. A pass closes them all, and so does a person's decision: an exemption
// or switching the policy off. Every other verdict leaves them as they are.
func settle(judgement backlog.Judgement, open []backlog.Finding, now time.Time) backlog.Judged {
	judged := backlog.Judged{Judgement: judgement, At: now}
	byPolicy := map[string][]backlog.Finding{}
	for _, f := range open {
		byPolicy[f.Policy] = append(byPolicy[f.Policy], f)
	}
	for _, o := range judgement.Outcomes {
		switch {
		case o.Verdict == backlog.Fail:
			settleFail(&judged, o, byPolicy[o.Policy], now)
		case clears(o):
			for _, f := range byPolicy[o.Policy] {
				judged.Closed = append(judged.Closed, f.ID)
			}
		}
	}
	return judged
}

// unasked are the findings of policies that say nothing of the subject any
// more: a person removed the policy, or moved the item to another level.
func unasked(judgement backlog.Judgement, open []backlog.Finding) (ids []int64) {
	for _, f := range open {
		if !slices.ContainsFunc(judgement.Outcomes, func(o backlog.PolicyOutcome) bool { return o.Policy == f.Policy }) {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

func clears(o backlog.PolicyOutcome) bool {
	return o.Verdict == backlog.Pass || o.Verdict == backlog.Exempt ||
		o.Verdict == backlog.Skipped && o.Cause == CauseOff
}

func settleFail(judged *backlog.Judged, o backlog.PolicyOutcome, open []backlog.Finding, now time.Time) {
	known := make(map[string]backlog.Finding, len(open))
	for _, f := range open {
		known[f.Fingerprint] = f
	}
	said := map[string]bool{}
	for _, v := range o.Violations {
		fingerprint := backlog.Fingerprint(o.Policy, v.Evidence)
		if said[fingerprint] {
			continue
		}
		said[fingerprint] = true
		f, again := known[fingerprint]
		if !again {
			f = backlog.Finding{Subject: judged.Judgement.Subject, Policy: o.Policy, Fingerprint: fingerprint, Opened: now}
		}
		delete(known, fingerprint)
		same := f.Message == v.Message && f.Severity == o.Severity
		f.Evidence, f.Message, f.Severity = v.Evidence, v.Message, o.Severity
		switch {
		case !again:
			judged.Opened = append(judged.Opened, f)
		case same:
			judged.Stayed++
		default:
			judged.Kept = append(judged.Kept, f)
		}
	}
	for _, f := range open {
		if _, left := known[f.Fingerprint]; left {
			judged.Closed = append(judged.Closed, f.ID)
		}
	}
}
