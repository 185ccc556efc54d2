package config

import "strings"

// Labels is what our labels are called on the items, and those by which people
// tell us to leave an item alone.
type Labels struct {
	// On every item that has something to mend.
	Umbrella string `yaml:"umbrella,omitempty" validate:"required,label" jsonschema:"default=hygiene"`
	// Before the labels that say what: hygiene:no-acceptance-criteria.
	Prefix string `yaml:"prefix,omitempty" validate:"required,label" jsonschema:"default=hygiene:"`
	// People put it on an item that no policy shall judge.
	Ignore string `yaml:"ignore,omitempty" validate:"required,label" jsonschema:"default=trackwarden-ignore"`
	// With a day behind it, people put it on an item that no policy shall judge up to that day: trackwarden-snooze-2026-12-11.
	Snooze string `yaml:"snooze,omitempty" validate:"required,label" jsonschema:"default=trackwarden-snooze-"`
	// What becomes of our labels and comment on such an item: they are taken back, or left as they are.
	Ignored string `yaml:"ignored,omitempty" validate:"oneof=take-back leave" jsonschema:"enum=take-back,enum=leave,default=take-back"`
}

// What becomes of what is ours on an item that wants to be left alone.
const (
	TakeBack = "take-back"
	Leave    = "leave"
)

// labels refuses a label by which people speak to us that is one of ours too:
// we would put it on ourselves.
func (k *check) labels() {
	l := k.c.Labels
	for path, label := range map[string]string{"labels.ignore": l.Ignore, "labels.snooze": l.Snooze} {
		ours := strings.EqualFold(label, l.Umbrella) || l.Prefix != "" && strings.HasPrefix(strings.ToLower(label), strings.ToLower(l.Prefix))
		if ours {
			k.problem(path, "%s must not be one of our own labels: choose another", path)
		}
	}
}
