package config

// Theme is a strategic theme.
type Theme struct {
	// The theme's name.
	Name string `yaml:"name" validate:"required" jsonschema:"required"`
	// Which items serve it, beside those that name it in their own field.
	Match Matches `yaml:"match,omitempty" validate:"dive"`
}

// Persona is somebody for whom the work is done.
type Persona struct {
	// The persona's name.
	Name string `yaml:"name" validate:"required" jsonschema:"required"`
}
