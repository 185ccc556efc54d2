package jirasim

import (
	"encoding/json"
	"strconv"
	"time"
)

// text reads a JSON value as a string: strings as they are, numbers in digits.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return ""
}

// number reads a JSON value as a number.
func number(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case string:
		f, err := strconv.ParseFloat(v, 64)
		return f, err == nil
	}
	return 0, false
}

// plain copies a value into what encoding/json would decode it to, so that
// nobody outside holds a part of a record. A value that JSON cannot hold is nil.
func plain(v any) any {
	switch v := v.(type) {
	case nil, string, bool, float64:
		return v
	case object:
		copied := make(object, len(v))
		for key, inner := range v {
			copied[key] = plain(inner)
		}
		return copied
	case []any:
		copied := make([]any, len(v))
		for i, inner := range v {
			copied[i] = plain(inner)
		}
		return copied
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	var decoded any
	_ = json.Unmarshal(raw, &decoded) // what Marshal wrote can be read
	return decoded
}

// stamp is the form of dates on Jira's wire.
const stamp = "2006-01-02T15:04:05.000-0700"

// parseStamp reads a date as Jira or a person writes it.
func parseStamp(v any) (time.Time, bool) {
	s := text(v)
	for _, layout := range []string{stamp, time.RFC3339, "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Truncate(time.Millisecond), true
		}
	}
	return time.Time{}, false
}

// show writes a date in the account's time zone, as Jira does.
func (w *World) show(t time.Time) string { return t.In(w.settings.Zone).Format(stamp) }

// reshow rewrites a date in the account's time zone; what is no date stays.
func (w *World) reshow(v any) any {
	if t, ok := parseStamp(v); ok {
		return w.show(t)
	}
	return v
}

// showTime shows a kept time.
func (w *World) showTime(v any) any {
	if t, ok := v.(time.Time); ok {
		return w.show(t)
	}
	return w.reshow(v)
}
