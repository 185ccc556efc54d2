package simulator

import (
	"fmt"
	"time"
)

// Rule is a match and an action: requests whose method and path match meet the
// action. Several actions of one rule combine: delay, then answer, then cut or
// slow down the answer. In JSON the durations are nanoseconds.
type Rule struct {
	Method string  `json:"method,omitempty"` // "" is any; "PATCH|DELETE" is either
	Path   string  `json:"path,omitempty"`   // regular expression over path?query; "" is any
	From   int     `json:"from,omitempty"`   // first matching request that counts, from 1; 0 is 1
	Times  int     `json:"times,omitempty"`  // how often the rule acts; 0 is for ever
	Chance float64 `json:"chance,omitempty"` // 0 is always, else between 0 and 1

	Status int               `json:"status,omitempty"` // answer this instead of serving
	Header map[string]string `json:"header,omitempty"` // with Status; without it, added to what is served
	Body   string            `json:"body,omitempty"`   // with Status
	Served bool              `json:"served,omitempty"` // with Status: serve first, then answer this all the same

	CutBefore bool          `json:"cutBefore,omitempty"` // reset the connection without applying
	CutAfter  bool          `json:"cutAfter,omitempty"`  // apply, then reset without an answer
	LateApply time.Duration `json:"lateApply,omitempty"` // reset now, apply so much later

	Delay       time.Duration `json:"delay,omitempty"`       // before serving
	Drip        bool          `json:"drip,omitempty"`        // one byte of the body per 50 ms
	Truncate    int           `json:"truncate,omitempty"`    // serve, but send only so many bytes of the body
	ContentType string        `json:"contentType,omitempty"` // serve under another content type

	Repeat      bool              `json:"repeat,omitempty"`      // serve what the rule served first on this path: a page twice
	SameToken   bool              `json:"sameToken,omitempty"`   // name the same next page for ever
	Keep        int               `json:"keep,omitempty"`        // serve, but only so many rows of the page
	Swap        map[string]string `json:"swap,omitempty"`        // serve with these bytes in place of those: deep, doubled or broken JSON
	ClockOffset time.Duration     `json:"clockOffset,omitempty"` // serve under a Date that is so much off
	Flood       int64             `json:"flood,omitempty"`       // answer with so many bytes
	Bomb        int64             `json:"bomb,omitempty"`        // answer with so many bytes, zipped

	Do func() `json:"-"` // called before serving: a person's edit between two pages
}

// name says in a few words what the rule does, for the truth.
func (r *Rule) name() string {
	switch {
	case r.CutBefore:
		return "cut before apply"
	case r.LateApply > 0:
		return fmt.Sprintf("late apply after %s", r.LateApply)
	case r.CutAfter:
		return "cut after apply"
	case r.Status != 0:
		return fmt.Sprintf("status %d", r.Status)
	case r.Truncate > 0:
		return fmt.Sprintf("truncate to %d bytes", r.Truncate)
	case r.Drip:
		return "drip"
	case r.ContentType != "":
		return "content type " + r.ContentType
	case r.Repeat:
		return "page again"
	case r.SameToken:
		return "same token"
	case r.Keep > 0:
		return fmt.Sprintf("keep %d rows", r.Keep)
	case len(r.Swap) > 0:
		return "swap bytes"
	case r.ClockOffset != 0:
		return "clock offset " + r.ClockOffset.String()
	case r.Flood > 0, r.Bomb > 0:
		return "flood"
	case r.Delay > 0:
		return fmt.Sprintf("delay %s", r.Delay)
	default:
		return "other"
	}
}
