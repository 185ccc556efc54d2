package config

import (
	"time"
	_ "time/tzdata" // a container built from nothing has no time zones of its own
)

// Schedule is when things happen by themselves.
type Schedule struct {
	// How often the trackers are asked for changes.
	Poll Duration `yaml:"poll,omitempty" jsonschema:"default=1m"`
	// How often teams, trains, increments and connections are judged at most, while items change.
	Sets Duration `yaml:"sets,omitempty" jsonschema:"default=10m"`
	// When the report is made, as a cron expression of five fields.
	Report string `yaml:"report,omitempty" validate:"required,cron5" jsonschema:"default=0 8 * * MON"`
	// The time zone of the report's schedule and of every date, for example Europe/Berlin.
	Timezone string `yaml:"timezone,omitempty" validate:"required,zone" jsonschema:"default=UTC"`
}

// Zone is the time zone; a loaded configuration has one that exists.
func (s Schedule) Zone() *time.Location {
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		return time.UTC
	}
	return zone
}
