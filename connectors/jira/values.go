package jira

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/trackwarden/trackwarden/backlog"
)

// values are the fields of an issue as they came, by id. Sites put anything
// into custom fields, so each is read only when it is wanted, and leniently.
type values map[string]json.RawMessage

// into decodes a field; an absent one or null leaves the target as it is.
func (v values) into(id string, target any) error {
	if !v.has(id) {
		return nil
	}
	if line, ok := target.(*string); ok {
		var simple bool
		if *line, simple = simpleText(v[id], *line); simple {
			return nil
		}
	}
	if err := json.Unmarshal(v[id], target); err != nil {
		return fmt.Errorf("read field %s: %w", id, err)
	}
	return nil
}

func (v values) has(id string) bool {
	raw := bytes.TrimSpace(v[id])
	return len(raw) > 0 && !bytes.Equal(raw, []byte("null"))
}

// plain is the first filled of some fields as one line.
func (v values) plain(ids []string) string {
	for _, id := range ids {
		if s := strings.Join(strings.Fields(flat(v.decoded(id))), " "); s != "" {
			return s
		}
	}
	return ""
}

// rich is the first filled of some fields as Markdown. Several entries, such
// as a checklist's, become a list.
func (v values) rich(ids []string) string {
	for _, id := range ids {
		if s := strings.TrimSpace(markdownOf(v.decoded(id))); s != "" {
			return s
		}
	}
	return ""
}

// number is the first of some fields that holds a number.
func (v values) number(ids []string) *float64 {
	for _, id := range ids {
		n, err := strconv.ParseFloat(strings.TrimSpace(flat(v.decoded(id))), 64)
		if err == nil && !math.IsNaN(n) && !math.IsInf(n, 0) {
			return &n
		}
	}
	return nil
}

// names is the first filled of some fields as a sorted list.
func (v values) names(ids []string) []string {
	for _, id := range ids {
		list, ok := v.decoded(id).([]any)
		if !ok && v.has(id) {
			list = []any{v.decoded(id)}
		}
		var names []string
		for _, entry := range list {
			if name := strings.TrimSpace(flat(entry)); name != "" {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			slices.Sort(names)
			return names
		}
	}
	return nil
}

// person is the first filled of some fields that hold a user.
func (m *model) person(v values, ids []string) (*backlog.Person, error) {
	for _, id := range ids {
		who, err := same(v, id, &m.repeats.people)
		if err != nil {
			return nil, err
		}
		if who.id() != "" {
			return who.person(), nil
		}
	}
	return nil, nil
}

// user is a user as Jira Cloud describes one. Old data and other hands may
// leave out the account.
type user struct {
	AccountID   string `json:"accountId"`
	Key         string `json:"key"`
	Name        string `json:"name"`
	DisplayName string `json:"displayName"`
}

// id is what tells users apart; empty when nothing does.
func (u user) id() string { return cmp.Or(u.AccountID, u.Key, u.Name, u.DisplayName) }

func (u user) person() *backlog.Person {
	return &backlog.Person{ID: u.id(), Name: cmp.Or(u.DisplayName, u.Name)}
}

// custom is the first filled of some fields in plain JSON terms: text, number,
// or a list of these.
func (v values) custom(ids []string) any {
	for _, id := range ids {
		switch value := v.decoded(id).(type) {
		case nil:
		case float64, bool:
			return value
		case []any:
			list := make([]any, 0, len(value))
			for _, entry := range value {
				list = append(list, flat(entry))
			}
			if len(list) > 0 {
				return list
			}
		default:
			if s := flat(value); s != "" {
				return s
			}
		}
	}
	return nil
}

func (v values) decoded(id string) any {
	if !v.has(id) {
		return nil
	}
	if text, simple := simpleText(v[id], ""); simple {
		return text
	}
	var value any
	if json.Unmarshal(v[id], &value) != nil {
		return nil
	}
	return value
}

// simpleText reads a text that stands for itself, as most do; else it gives
// what was there before.
func simpleText(raw []byte, before string) (text string, simple bool) {
	if len(raw) < 2 || raw[0] != '"' || raw[len(raw)-1] != '"' {
		return before, false
	}
	inner := raw[1 : len(raw)-1]
	if bytes.IndexByte(inner, '\\') >= 0 || !utf8.Valid(inner) {
		return before, false
	}
	return string(inner), true
}

// parseTime reads the ways in which Jira writes a time. The error names what
// it could not read.
func parseTime(text string) (time.Time, error) {
	for _, layout := range []string{"2006-01-02T15:04:05.999-0700", time.RFC3339Nano} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time", text)
}
