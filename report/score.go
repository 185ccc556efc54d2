package report

import (
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// ScoreMeans is the score's definition, printed beside it.
const ScoreMeans = "Score: of all verdicts on open items, the share that passed, an error weighing three times a warning and an info half of one. " +
	"What could not be judged counts as not passed, and so does what is exempt: no exemption makes a score better. " +
	"What does not apply (another level, too young, committed, field not used, switched off) does not count."

// tally adds up verdicts into a score.
type tally struct{ passed, all int }

func weight(s backlog.Severity) int {
	switch s {
	case backlog.Error:
		return 6
	case backlog.Info:
		return 1
	default:
		return 2
	}
}

func (t *tally) add(verdict backlog.Verdict, severity backlog.Severity, times int) {
	switch verdict {
	case backlog.Pass:
		t.passed += weight(severity) * times
		t.all += weight(severity) * times
	case backlog.Fail, backlog.Undecidable, backlog.Exempt:
		t.all += weight(severity) * times
	}
}

// score rounds down, so that 100 means that nothing is left.
func (t tally) score() int {
	if t.all == 0 {
		return 0
	}
	return 100 * t.passed / t.all
}

// Enough data for a colour: so many weeks of snapshots and so many items.
const (
	colourWeeks = 4
	colourItems = 20
)

func colour(score, items, weeks int) string {
	switch {
	case weeks < colourWeeks || items < colourItems:
		return ""
	case score >= 90:
		return "green"
	case score >= 70:
		return "amber"
	default:
		return "red"
	}
}

func signed(n int) string {
	if n == 0 {
		return "±0"
	}
	return fmt.Sprintf("%+d", n)
}
