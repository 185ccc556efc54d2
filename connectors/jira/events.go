package jira

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// entry is what one person changed at one moment, as the changelog has it.
type entry struct {
	ID      ident        `json:"id"` // numbers that grow
	Author  user         `json:"author"`
	Created moment       `json:"created"`
	Items   []changeItem `json:"items"`
}

// changeItem is one field that changed. From and To are ids where the field
// has such, the others what people see.
type changeItem struct {
	Field   string `json:"field"`
	FieldID string `json:"fieldId"` // not on Data Center
	From    words  `json:"from"`
	To      words  `json:"to"`
	Before  words  `json:"fromString"`
	After   words  `json:"toString"`
}

// words are a value as text, whatever it came as.
type words string

// UnmarshalJSON takes any value.
func (w *words) UnmarshalJSON(raw []byte) error {
	var value any
	err := json.Unmarshal(raw, &value)
	*w = words(flat(value))
	return err
}

// moment is a time that came as a text or as epoch milliseconds.
type moment struct{ time.Time }

// UnmarshalJSON leaves the time zero when it cannot be read.
func (m *moment) UnmarshalJSON(raw []byte) error {
	var ms int64
	if json.Unmarshal(raw, &ms) == nil {
		m.Time = time.UnixMilli(ms).UTC()
		return nil
	}
	var text string
	err := json.Unmarshal(raw, &text)
	m.Time, _ = parseTime(text)
	return err
}

// compare orders entries as they came about.
func (e entry) compare(other entry) int {
	return cmp.Or(e.Created.Compare(other.Created.Time), cmp.Compare(len(e.ID), len(other.ID)), cmp.Compare(e.ID, other.ID))
}

// eventsOf tells one entry in our words: an event for each field whose past
// is kept, and one for all others together.
func (m *model) eventsOf(e entry, names statusNames) []backlog.Event {
	if e.Created.IsZero() {
		return nil
	}
	mine := e.Author.id() != "" && e.Author.id() == m.account.ID
	var events []backlog.Event
	other, ours := false, mine
	for _, item := range e.Items {
		switch {
		case item.is("status", nil):
			events = append(events, names.event(item))
		case item.is("Sprint", m.fields.known[backlog.FieldIteration]):
			events = append(events, sprintEvents(item)...)
		case item.is("duedate", m.fields.known[backlog.FieldDue]):
			events = append(events, backlog.Event{Field: backlog.DueEvent, From: item.day(item.From, item.Before), To: item.day(item.To, item.After)})
		default:
			other, ours = true, ours && ourField.MatchString(cmp.Or(item.FieldID, item.Field))
		}
	}
	if other || len(events) == 0 {
		events = append(events, backlog.Event{Ours: ours && other})
	}
	for i := range events {
		events[i].At = e.Created.Time
	}
	return events
}

// ourField matches what we write: labels, comments and our property.
var ourField = regexp.MustCompile(`(?i)^(labels|comment|` + propertyKey + `|(issue|entity)[ .]?propert(y|ies)([ .].*)?)$`)

// is reports whether the item is about a field: by one of its ids, else by its
// name.
func (i changeItem) is(name string, ids []string) bool {
	if i.FieldID != "" && i.FieldID != i.Field {
		return i.FieldID == name || slices.Contains(ids, i.FieldID)
	}
	return strings.EqualFold(i.Field, name) || slices.Contains(ids, i.Field)
}

// day is a due date as YYYY-MM-DD; what cannot be read counts as none.
func (i changeItem) day(values ...words) string {
	for _, v := range values {
		if len(v) < len(time.DateOnly) {
			continue
		}
		if day := string(v[:len(time.DateOnly)]); dayForm.MatchString(day) {
			return day
		}
	}
	return ""
}

var dayForm = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

// sprintEvents tells which sprints were left and for which one. The lists name
// every sprint that the issue was ever in and the one that it is in: a closed
// sprint stays, so an issue that goes on in the next one has left the last.
func sprintEvents(i changeItem) []backlog.Event {
	before, after := listed(i.From), listed(i.To)
	entered := minus(after, before)
	left := minus(before, after)
	if len(left) == 0 && len(entered) > 0 && len(before) > 0 {
		left = before[len(before)-1:]
	}
	event := backlog.Event{Field: backlog.IterationEvent}
	if len(entered) > 0 {
		event.To = entered[len(entered)-1]
	}
	if len(left) == 0 {
		return []backlog.Event{event}
	}
	var events []backlog.Event
	for _, id := range left {
		event.From = id
		events = append(events, event)
	}
	return events
}

func listed(ids words) []string {
	return strings.FieldsFunc(string(ids), func(r rune) bool { return r == ',' || r == ' ' })
}

func minus(list, others []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(id string) bool { return slices.Contains(others, id) })
}
