package azuredevops

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// workItem is a work item as the tracker sends it. The vendor's type lacks the
// formats of long texts, and decodes what nobody asks for.
type workItem struct {
	ID        int
	Rev       int
	fields    []member
	Formats   map[string]string // "html" or "markdown", by reference name
	Relations []relation
	CommentID int // of the comment that the revision made; 0 when it made none
}

// member is a field as it was sent.
type member struct{ name, value []byte }

// relation is a link as it hangs on one of its ends.
type relation struct {
	Rel, URL      string
	Name, Comment string // of its attributes
}

// takeRelation reads one element of the relations.
func (w *workItem) takeRelation(_, value []byte) error {
	var rel relation
	into := map[string]*string{"rel": &rel.Rel, "url": &rel.URL, "name": &rel.Name, "comment": &rel.Comment}
	take := func(name, value []byte) (err error) {
		if text := into[string(name)]; text != nil && value[0] == '"' {
			*text, err = decodeText(value)
		}
		return err
	}
	err := rest.Members(value, func(name, value []byte) error {
		if string(name) == "attributes" {
			return rest.Members(value, take)
		}
		return take(name, value)
	})
	w.Relations = append(w.Relations, rel)
	return err
}

// parseItem reads one work item, which keeps what it is made of. An answer
// without one, as errorPolicy "omit" leaves it behind, has the id 0. Its error
// says what cannot be read; the id may still have been.
func parseItem(source []byte) (w workItem, err error) {
	var broke error
	broken := func(err error) { broke = cmp.Or(broke, err) }
	if bytes.HasPrefix(source, []byte("[")) {
		return w, fmt.Errorf("read work item: %w", rest.ErrForm)
	}
	err = rest.Members(source, func(name, value []byte) error {
		switch string(name) {
		case "id":
			broken(json.Unmarshal(value, (*whole)(&w.ID)))
		case "rev":
			broken(json.Unmarshal(value, (*whole)(&w.Rev)))
		case "fields":
			broken(w.takeFields(value))
		case "multilineFieldsFormat":
			broken(json.Unmarshal(value, &w.Formats))
		case "relations":
			broken(rest.Members(value, w.takeRelation))
		case "commentVersionRef":
			broken(rest.Members(value, func(name, value []byte) error {
				if string(name) != "commentId" {
					return nil
				}
				return json.Unmarshal(value, (*whole)(&w.CommentID))
			}))
		}
		return nil
	})
	if broken(err); broke != nil {
		return w, fmt.Errorf("read work item: %w", broke)
	}
	return w, nil
}

// takeFields keeps the fields. Only numbers are looked at: one that nothing can
// hold makes the whole item one that cannot be read.
func (w *workItem) takeFields(value []byte) error {
	if value[0] != '{' && value[0] != 'n' {
		return fmt.Errorf("fields: %w", rest.ErrForm)
	}
	w.fields = make([]member, 0, 64)
	return rest.Members(value, func(name, value []byte) error {
		w.fields = append(w.fields, member{name, value})
		if c := value[0]; c == '-' || c >= '0' && c <= '9' {
			if _, err := strconv.ParseFloat(string(value), 64); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	})
}

// UnmarshalJSON lets a work item stand in an answer with others.
func (w *workItem) UnmarshalJSON(source []byte) (err error) {
	*w, err = parseItem(bytes.Clone(source))
	return err
}

// field is a value by reference name, spelt as the organisation's list of
// fields spells it: a text, a number, true or false, an identity. It is nil
// when there is none that could be read.
func (w workItem) field(name string) any {
	for i := len(w.fields) - 1; i >= 0; i-- { // of two with one name, the last counts
		if string(w.fields[i].name) == name {
			value, _ := decode(w.fields[i].value)
			return value
		}
	}
	return nil
}

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
	return pickedDay(w.text(name))
}

func pickedDay(text string) string {
	at, err := parseTime(text)
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
	case identity:
		return cmp.Or(v.DisplayName, v.UniqueName)
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
