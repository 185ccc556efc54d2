package config

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Budget bounds how much is written; off is for sandboxes. Zero means no bound.
type Budget struct {
	// Items changed in one pass over the connection.
	PerPass int `yaml:"per_pass,omitempty" validate:"min=0" jsonschema:"default=100,minimum=1"`
	// Items changed in one project on one day.
	PerProjectDay int `yaml:"per_project_day,omitempty" validate:"min=0" jsonschema:"default=50,minimum=1"`
	// Items changed on the connection in one hour.
	PerHour int `yaml:"per_hour,omitempty" validate:"min=0" jsonschema:"default=200,minimum=1"`
	// New comments on the items of one person on one day.
	PerPersonDay int `yaml:"per_person_day,omitempty" validate:"min=0" jsonschema:"default=5,minimum=1"`
}

func defaultBudget() Budget {
	return Budget{PerPass: 100, PerProjectDay: 50, PerHour: 200, PerPersonDay: 5}
}

// UnmarshalYAML reads the bounds, or "off" for none.
func (b *Budget) UnmarshalYAML(node *yaml.Node) error {
	type plain Budget
	return offOr(node, "budget", "{per_pass: 100, per_project_day: 50, per_hour: 200, per_person_day: 5}", (*plain)(b), plain(defaultBudget()))
}

// MarshalYAML writes what UnmarshalYAML reads.
func (b Budget) MarshalYAML() (any, error) {
	type plain Budget
	return offIfZero(plain(b))
}

// Brake parks a plan that changes much of a project at once until a person
// approves it: both the share and the number have to be exceeded. Off is for
// sandboxes.
type Brake struct {
	// This share of a project's items changed at once.
	Changes Percent `yaml:"changes,omitempty" jsonschema:"default=5%"`
	// And at least so many.
	AtLeast int `yaml:"at_least,omitempty" validate:"min=0" jsonschema:"default=50,minimum=1"`
	// This share of a project's items from which something would be taken back at once.
	Removals Percent `yaml:"removals,omitempty" jsonschema:"default=2%"`
	// And at least so many.
	RemovalsAtLeast int `yaml:"removals_at_least,omitempty" validate:"min=0" jsonschema:"default=20,minimum=1"`
}

func defaultBrake() Brake {
	return Brake{Changes: 5, AtLeast: 50, Removals: 2, RemovalsAtLeast: 20}
}

// UnmarshalYAML reads the thresholds, or "off" for none.
func (b *Brake) UnmarshalYAML(node *yaml.Node) error {
	type plain Brake
	return offOr(node, "brake", "{changes: 5%, at_least: 50, removals: 2%, removals_at_least: 20}", (*plain)(b), plain(defaultBrake()))
}

// MarshalYAML writes what UnmarshalYAML reads.
func (b Brake) MarshalYAML() (any, error) {
	type plain Brake
	return offIfZero(plain(b))
}

// offOr reads a mapping over its defaults, or the word off for its zero value.
func offOr[T any](node *yaml.Node, name, example string, into *T, defaults T) error {
	if node.Kind != yaml.ScalarNode {
		*into = defaults
		return node.Decode(into)
	}
	if node.Value != "off" && node.Value != "false" {
		return atLine(node, name+": write off, or "+example)
	}
	var none T
	*into = none
	return nil
}

func offIfZero[T comparable](v T) (any, error) {
	var none T
	if v == none {
		return "off", nil
	}
	return v, nil
}

// Percent is a share in hundredths, written "5%".
type Percent float64

var errPercent = errors.New("write a share such as 5%")

// UnmarshalYAML reads a share between 0 % and 100 %.
func (p *Percent) UnmarshalYAML(node *yaml.Node) error {
	value, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(node.Value, "%")), 64)
	if node.Kind != yaml.ScalarNode || err != nil || value < 0 || value > 100 || !strings.HasSuffix(node.Value, "%") {
		return atLine(node, errPercent.Error())
	}
	*p = Percent(value)
	return nil
}

// String writes the share as it is read.
func (p Percent) String() string { return strconv.FormatFloat(float64(p), 'f', -1, 64) + "%" }

// MarshalYAML writes the share as it is read.
func (p Percent) MarshalYAML() (any, error) { return p.String(), nil }

// Toggle is on or off.
type Toggle bool

// UnmarshalYAML reads on or off.
func (t *Toggle) UnmarshalYAML(node *yaml.Node) error {
	switch node.Value {
	case "on", "true":
		*t = true
	case "off", "false":
		*t = false
	default:
		return atLine(node, "write on or off")
	}
	return nil
}

// MarshalYAML writes on or off.
func (t Toggle) MarshalYAML() (any, error) {
	if t {
		return "on", nil
	}
	return "off", nil
}

// minQuarantine leaves a request half a minute, and whatever stands between us
// and the tracker as much again.
const minQuarantine = Duration(time.Minute)
