package backlog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"
)

// SubjectKind is what a policy judges.
type SubjectKind string

// The kinds of subjects.
const (
	ItemSubject       SubjectKind = "item"
	TeamSubject       SubjectKind = "team"
	TrainSubject      SubjectKind = "train"
	IncrementSubject  SubjectKind = "increment"
	ConnectionSubject SubjectKind = "connection"
)

// Subject is one thing judged: an item by its ItemID as text, the others by
// their names.
type Subject struct {
	Kind SubjectKind `json:"kind"`
	ID   string      `json:"id"`
}

// Verdict is a policy's word on a subject. Only Pass, on fresh and complete
// data, clears a finding; everything but Pass and Fail freezes it.
type Verdict string

// The verdicts.
const (
	Pass        Verdict = "pass"
	Fail        Verdict = "fail"
	Skipped     Verdict = "skipped" // does not apply here; Cause says why
	Exempt      Verdict = "exempt"  // a person said no, until a day
	Undecidable Verdict = "unknown" // could not be judged; Cause says why
)

// Severity is how much a finding weighs.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// AtLeast reports whether a severity weighs as much as another or more.
func (s Severity) AtLeast(other Severity) bool { return s.weight() >= other.weight() }

func (s Severity) weight() int {
	switch s {
	case Error:
		return 3
	case Warning:
		return 2
	case Info:
		return 1
	}
	return 0
}

// Violation is one thing that a policy found wrong. Evidence holds stable
// facts only, never ages: it decides whether a finding is still the same.
type Violation struct {
	Evidence map[string]any `json:"evidence"`
	Message  string         `json:"message"` // what is there now
	About    []string       `json:"about,omitempty"`
}

// PolicyOutcome is what one policy says of one subject.
type PolicyOutcome struct {
	Policy     string      `json:"policy"`
	Verdict    Verdict     `json:"verdict"`
	Cause      string      `json:"cause,omitempty"` // of skipped, exempt and unknown
	Until      string      `json:"until,omitempty"` // of exempt, YYYY-MM-DD
	Severity   Severity    `json:"severity,omitempty"`
	Violations []Violation `json:"violations,omitempty"`
}

// Judgement is everything that the policies said of one subject on one day.
type Judgement struct {
	Subject   Subject         `json:"subject"`
	Revision  string          `json:"revision"`  // of the policies
	InputHash string          `json:"inputHash"` // what they saw when they first said this
	Today     string          `json:"today"`     // YYYY-MM-DD
	Team      string          `json:"team"`      // whose settings held; empty for none
	Outcomes  []PolicyOutcome `json:"outcomes"`
}

// Finding is an open fail. It opens with the first fail and closes with the
// first pass; in between it may be frozen.
type Finding struct {
	ID          int64          `json:"id"`
	Subject     Subject        `json:"subject"`
	Policy      string         `json:"policy"`
	Fingerprint string         `json:"fingerprint"`
	Evidence    map[string]any `json:"evidence"`
	Message     string         `json:"message"`
	Severity    Severity       `json:"severity"`
	Opened      time.Time      `json:"opened"`
	Closed      time.Time      `json:"closed,omitzero"`
	Dismissed   time.Time      `json:"dismissed,omitzero"`
}

// Fingerprint identifies a finding by its policy and evidence. A person's
// dismissal holds for a fingerprint: new evidence may speak again.
func Fingerprint(policy string, evidence map[string]any) string {
	encoded, err := json.Marshal(evidence) // map keys are sorted
	if err != nil {
		encoded = []byte(strings.ToValidUTF8(err.Error(), ""))
	}
	sum := sha256.Sum256(append([]byte(policy+"\x00"), encoded...))
	return hex.EncodeToString(sum[:8])
}
