package azuresim

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// coerce turns what a client or a person gives into what the wire has for the
// field. Nothing and the empty text clear it.
func (w *World) coerce(p *project, f *field, typeName string, value any) (any, error) {
	if value == nil || value == "" {
		return nil, nil
	}
	switch {
	case f.Identity:
		return w.coercePerson(f, value)
	case f.Ref == "System.State":
		return coerceState(p, typeName, text(value))
	case f.Type == "treePath":
		return coercePath(p, f, text(value))
	case f.Type == "integer" || f.Type == "double":
		return coerceNumber(f, value)
	case f.Type == "dateTime":
		return coerceTime(f, value)
	case f.Type == "boolean":
		return coerceBool(f, value)
	case f.Type == "html" || f.Type == "history":
		return sanitize(text(value)), nil
	}
	s, ok := value.(string)
	if !ok {
		return nil, badValue(f, value)
	}
	return s, nil
}

func (w *World) coercePerson(f *field, value any) (any, error) {
	object, ok := w.findPerson(value)
	if !ok {
		return nil, refused(http.StatusBadRequest, "RuleValidationException",
			"The identity value '%v' for field '%s' is an unknown identity.", value, f.Name)
	}
	return object, nil
}

func coerceState(p *project, typeName, value string) (any, error) {
	if t := p.findType(typeName); t != nil {
		if s, ok := t.state(value); ok {
			return s.Name, nil
		}
	}
	return nil, refused(http.StatusBadRequest, "RuleValidationException", "The field 'State' contains the value '%s' "+
		"that is not in the list of supported values. TF401320: Rule Error for field State. Error code: Required, "+
		"HasValues, LimitedToValues, AllowsOldValue, InvalidListValue.", value)
}

func coercePath(p *project, f *field, value string) (any, error) {
	tree := p.areas
	if f.Ref == "System.IterationPath" {
		tree = p.iterations
	}
	n := tree.resolve(value)
	if n == nil {
		return nil, refused(http.StatusBadRequest, "WorkItemTrackingTreeNodeNotFoundException",
			"TF401347: Invalid tree name given for work item, field '%s'.", f.Ref)
	}
	return n.path(), nil
}

func coerceNumber(f *field, value any) (any, error) {
	var n float64
	switch v := value.(type) {
	case float64:
		n = v
	case int:
		n = float64(v)
	case string:
		parsed, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		if err != nil {
			return nil, badValue(f, value)
		}
		n = parsed
	default:
		return nil, badValue(f, value)
	}
	if f.Type == "double" {
		return n, nil
	}
	if n != math.Trunc(n) {
		return nil, badValue(f, value)
	}
	return int(n), nil
}

func coerceTime(f *field, value any) (any, error) {
	switch v := value.(type) {
	case time.Time:
		return wireTime(v), nil
	case string:
		if t, ok := parseTime(v); ok {
			return wireTime(t), nil
		}
	}
	return nil, badValue(f, value)
}

func coerceBool(f *field, value any) (any, error) {
	switch v := value.(type) {
	case bool:
		return v, nil
	case string:
		if b, err := strconv.ParseBool(strings.ToLower(v)); err == nil {
			return b, nil
		}
	}
	return nil, badValue(f, value)
}

// parseTime reads the spellings of dates that the service takes; without a zone
// they are UTC.
func parseTime(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05",
		"2006-01-02 15:04:05Z", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly, "1/2/2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

func badValue(f *field, value any) error {
	return refused(http.StatusBadRequest, "WorkItemFieldInvalidException",
		"TF401326: Invalid field status 'InvalidType' for field '%s'. The value was '%v'.", f.Ref, value)
}
