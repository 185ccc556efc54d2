package config

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Duration is a time span that is written with days, hours, minutes and
// seconds: "2d", "8h", "1d12h", "30m". A day has 24 hours. It is never
// negative.
type Duration time.Duration

const day = 24 * time.Hour

var (
	dayPart  = regexp.MustCompile(`^(\d{1,5})d`)
	errRange = errors.New("write a duration such as 30m, 8h or 2d")
)

// ParseDuration reads a Duration.
func ParseDuration(text string) (Duration, error) {
	rest, total := text, time.Duration(0)
	if m := dayPart.FindStringSubmatch(rest); m != nil {
		days, _ := strconv.Atoi(m[1]) // five digits
		total = time.Duration(days) * day
		rest = rest[len(m[0]):]
		if rest == "" {
			return Duration(total), nil
		}
	}
	part, err := time.ParseDuration(rest)
	if err != nil || part < 0 || part > 10000*day || strings.HasPrefix(rest, "+") {
		return 0, errRange
	}
	return Duration(total + part), nil
}

// String writes the duration as ParseDuration reads it, without empty parts.
func (d Duration) String() string {
	days, rest := time.Duration(d)/day, time.Duration(d)%day
	text := ""
	if days > 0 {
		text = strconv.Itoa(int(days)) + "d"
	}
	if rest == 0 && days > 0 {
		return text
	}
	short := rest.String()
	if strings.HasSuffix(short, "m0s") {
		short = strings.TrimSuffix(short, "0s")
	}
	if strings.HasSuffix(short, "h0m") {
		short = strings.TrimSuffix(short, "0m")
	}
	return text + short
}

// UnmarshalYAML reads a duration.
func (d *Duration) UnmarshalYAML(node *yaml.Node) error {
	parsed, err := ParseDuration(node.Value)
	if node.Kind != yaml.ScalarNode || err != nil {
		return atLine(node, errRange.Error())
	}
	*d = parsed
	return nil
}

// MarshalYAML writes the short form.
func (d Duration) MarshalYAML() (any, error) { return d.String(), nil }

// MarshalJSON writes the short form.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }
