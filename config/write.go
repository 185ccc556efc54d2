package config

import (
	"math"
	"time"

	"go.yaml.in/yaml/v3"
)

// The modes of writing.
const (
	Observe = "observe" // judge and report only
	Enforce = "enforce" // write labels and comments
)

// The horizons.
const (
	Planned    = "planned" // stories of this and the next iteration, features of this and the next increment
	Everything = "all"
)

// Write is what may be written on a connection's items.
type Write struct {
	// Observe prints and reports what it would write; enforce writes it.
	Mode string `yaml:"mode,omitempty" validate:"oneof=observe enforce" jsonschema:"enum=observe,enum=enforce,default=observe"`
	// Planned writes only on what is planned for this and the next iteration or increment; the rest is in the report.
	Horizon string `yaml:"horizon,omitempty" validate:"oneof=planned all" jsonschema:"enum=planned,enum=all,default=planned"`
	// How long an item is left alone before a finding is written on it. Cures are written at once.
	Settle *Settle `yaml:"settle,omitempty"`
	// When a first comment is posted: always, never (labels only), or from so many findings on.
	Comment *Comment `yaml:"comment,omitempty"`
	// Begin with a few items of a project when writing is first switched on, and twice as many on each day after.
	Ramp *Toggle `yaml:"ramp,omitempty"`
	// How long a write whose answer was lost is left alone before we look what became of it.
	Quarantine Duration `yaml:"quarantine,omitempty" jsonschema:"default=2m"`
	// How much may be written, or off.
	Budget *Budget `yaml:"budget,omitempty"`
	// When a plan has to be approved by a person, or off.
	Brake *Brake `yaml:"brake,omitempty"`
}

// Settle is how long an item is left alone. Weekends do not count.
type Settle struct {
	// After the item was created.
	AfterCreation Duration `yaml:"after_creation,omitempty" jsonschema:"default=8h"`
	// After the last edit by a person.
	AfterEdit Duration `yaml:"after_edit,omitempty" jsonschema:"default=30m"`
}

func defaultSettle() Settle {
	return Settle{AfterCreation: Duration(8 * time.Hour), AfterEdit: Duration(30 * time.Minute)}
}

// UnmarshalYAML reads the durations, or "off" for none.
func (s *Settle) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		if node.Value != "off" {
			return atLine(node, "settle: write off, or {after_creation: 8h, after_edit: 30m}")
		}
		*s = Settle{}
		return nil
	}
	type plain Settle
	settle := plain(defaultSettle())
	err := node.Decode(&settle)
	*s = Settle(settle)
	return err
}

// MarshalYAML writes what UnmarshalYAML reads.
func (s Settle) MarshalYAML() (any, error) {
	if s == (Settle{}) {
		return "off", nil
	}
	return map[string]Duration{"after_creation": s.AfterCreation, "after_edit": s.AfterEdit}, nil
}

// Comment is when a first comment is posted on an item.
type Comment struct {
	// So many errors are enough.
	Errors int `yaml:"errors,omitempty" validate:"min=1" jsonschema:"default=1,minimum=1"`
	// So many warnings are enough.
	Warnings int `yaml:"warnings,omitempty" validate:"min=1" jsonschema:"default=2,minimum=1"`
	// A finding counts once it has been open so long. Weekends do not count.
	OpenFor Duration `yaml:"open_for,omitempty" jsonschema:"default=2d"`

	Always bool `yaml:"-"` // with the first label, whatever it is for
	Never  bool `yaml:"-"` // labels only; the thresholds are then out of reach
}

func defaultComment() Comment {
	return Comment{Errors: 1, Warnings: 2, OpenFor: Duration(48 * time.Hour)}
}

// UnmarshalYAML reads the thresholds, or "always" or "never".
func (c *Comment) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode {
		type plain Comment
		comment := plain(defaultComment())
		err := node.Decode(&comment)
		*c = Comment(comment)
		return err
	}
	switch node.Value {
	case "always":
		*c = Comment{Errors: 1, Warnings: 1, Always: true}
	case "never":
		*c = Comment{Errors: math.MaxInt32, Warnings: math.MaxInt32, Never: true}
	default:
		return atLine(node, "comment: write always, never, or {errors: 1, warnings: 2, open_for: 2d}")
	}
	return nil
}

// MarshalYAML writes what UnmarshalYAML reads.
func (c Comment) MarshalYAML() (any, error) {
	switch {
	case c.Always:
		return "always", nil
	case c.Never:
		return "never", nil
	}
	return struct {
		Errors   int      `yaml:"errors"`
		Warnings int      `yaml:"warnings"`
		OpenFor  Duration `yaml:"open_for"`
	}{c.Errors, c.Warnings, c.OpenFor}, nil
}
