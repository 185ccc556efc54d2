package azuredevops

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// workItem is a work item as the tracker sends it. The vendor's type lacks the
// formats of long texts.
type workItem struct {
	ID        int               `json:"id"`
	Rev       int               `json:"rev"`
	Fields    map[string]any    `json:"fields"`
	Formats   map[string]string `json:"multilineFieldsFormat"` // "html" or "markdown", by reference name
	Relations []relation        `json:"relations"`
	Comment   *struct {
		ID int `json:"commentId"`
	} `json:"commentVersionRef"`
}

// relation is a link as it hangs on one of its ends.
type relation struct {
	Rel        string         `json:"rel"`
	URL        string         `json:"url"`
	Attributes map[string]any `json:"attributes"`
}

func (r relation) attribute(name string) string { return scalar(r.Attributes[name]) }

// parseItem reads one work item. An answer without one, as errorPolicy "omit"
// leaves it behind, has the id 0.
func parseItem(raw json.RawMessage) (workItem, error) {
	var w workItem
	if err := json.Unmarshal(raw, &w); err != nil {
		return workItem{ID: idOf(raw)}, fmt.Errorf("read work item: %w", err)
	}
	for name, value := range w.Fields {
		if text, ok := value.(string); ok && strings.ContainsRune(text, 0) {
			w.Fields[name] = strings.ReplaceAll(text, "\x00", "") // no store takes it
		}
	}
	return w, nil
}

// idOf finds the id in a work item that cannot be read as a whole.
func idOf(raw json.RawMessage) int {
	var head struct {
		ID int `json:"id"`
	}
	_ = json.Unmarshal(raw, &head) // it is broken somewhere; the id may still have been read
	return head.ID
}

// field is a value by reference name, spelt as the organisation's list of
// fields spells it.
func (w workItem) field(name string) any { return w.Fields[name] }

// text is a value as one line of text, empty when there is none.
func (w workItem) text(name string) string { return scalar(w.field(name)) }

// isMarkdown reports whether a long text is Markdown; HTML is the rule.
func (w workItem) isMarkdown(name string) bool {
	for n, format := range w.Formats {
		if strings.EqualFold(n, name) {
			return strings.EqualFold(format, "markdown")
		}
	}
	return false
}

// number is a value as a number; nil when there is none.
func (w workItem) number(name string) *float64 {
	switch v := w.field(name).(type) {
	case float64:
		return &v
	case string:
		if n, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err == nil {
			return &n
		}
	}
	return nil
}

// time is a value as a point in time, zero when there is none.
func (w workItem) time(name string) (time.Time, error) {
	text := w.text(name)
	if text == "" {
		return time.Time{}, nil
	}
	at, err := parseTime(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("read %s: %w", name, err)
	}
	return at, nil
}

// day is a date that a person picked, as YYYY-MM-DD. The tracker keeps it as
// that person's midnight in UTC, so an hour east of Greenwich it reads as the
// evening before.
func (w workItem) day(name string) string {
	at, err := w.time(name)
	if err != nil || at.IsZero() {
		return ""
	}
	if at.Hour() >= 12 && at.Second() == 0 && at.Minute()%15 == 0 {
		at = at.Add(12 * time.Hour)
	}
	return at.Format(time.DateOnly)
}

// scalar shows a single value as text: people by their name.
func scalar(value any) string {
	switch v := value.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case map[string]any:
		return cmp.Or(scalar(v["displayName"]), scalar(v["uniqueName"]))
	}
	return ""
}

// remark is a comment on a work item. Microsoft's examples call its id
// "commentId", their schema and the service "id".
type remark struct {
	ID         whole    `json:"id"`
	CommentID  whole    `json:"commentId"`
	Text       string   `json:"text"`
	IsDeleted  bool     `json:"isDeleted"`
	CreatedBy  identity `json:"createdBy"`
	ModifiedBy identity `json:"modifiedBy"`
	Modified   moment   `json:"modifiedDate"`
}

func (r remark) id() string { return strconv.Itoa(int(max(r.ID, r.CommentID))) }
