package config

// Labels is what our labels are called on the items.
type Labels struct {
	// On every item that has something to mend.
	Umbrella string `yaml:"umbrella,omitempty" validate:"required,label" jsonschema:"default=hygiene"`
	// Before the labels that say what: hygiene:no-acceptance-criteria.
	Prefix string `yaml:"prefix,omitempty" validate:"required,label" jsonschema:"default=hygiene:"`
}
