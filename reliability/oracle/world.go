package oracle

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// World is one simulated tracker as it was when it was looked at. Whatever is in
// its log was asked for by us: people edit by other ways. A test in which others
// use the API too takes their entries out of Log.
type World struct {
	Name  string // of the connection
	Items []Item
	Log   []simulator.Entry
}

// Item is one issue or work item as people see it.
type Item struct {
	Key      string   // as the log names it
	ID       string   // immutable
	Project  string   // immutable id
	Assignee string   // who is told; empty when there is nobody
	Title    string   // as the tracker has it
	Labels   []string // sorted
	Comments []Comment
	Record   string // what the item remembers of us, without what differs between runs; empty when nothing
	Rest     string // everything else that people see, without dates and addresses
}

// Comment is one that is not deleted.
type Comment struct {
	ID     string
	Author string
	Text   string // as the tracker has it
	Mark   Mark
}

// Mark is what a comment of ours carries.
type Mark struct{ Owner, Item, Intent string }

// Ours are the comments that carry our marker for this very item. One that
// speaks of another item came by cloning or importing and is not ours.
func (i Item) Ours() (ours []Comment) {
	for _, c := range i.Comments {
		if c.Mark.Item == i.ID {
			ours = append(ours, c)
		}
	}
	return ours
}

// Others are the comments that are not ours, each with its author.
func (i Item) Others() (others []string) {
	for _, c := range i.Comments {
		if c.Mark.Item != i.ID {
			others = append(others, c.Author+": "+c.Text)
		}
	}
	return others
}

// Digest is all of an item that may be of our making, in a form that is the
// same in every run that ends the same: without the ids of comments and intents.
func (i Item) Digest() string {
	parts := []string{strings.Join(i.Labels, " "), i.Record}
	for _, c := range i.Ours() {
		parts = append(parts, strings.ReplaceAll(c.Text, c.Mark.Intent, "INTENT"))
	}
	return strings.Join(parts, " | ")
}

// item finds an item by its key.
func (w World) item(key string) (Item, bool) {
	i := slices.IndexFunc(w.Items, func(i Item) bool { return i.Key == key })
	if i < 0 {
		return Item{}, false
	}
	return w.Items[i], true
}

// Writes are the requests that changed the world, oldest first.
func (w World) Writes() (applied []simulator.Entry) {
	for _, e := range w.Log {
		if e.Applied {
			applied = append(applied, e)
		}
	}
	return applied
}

// Our marker as the two trackers hold it: owner, item, intent.
var (
	jiraMark  = regexp.MustCompile(`#trackwarden:([^:\]|\s]+):([^:\]|\s]+):([^:\]|\s]*):[^:\]|\s]*`)
	azureMark = regexp.MustCompile(`#tw=([^\s"'<>()\[\]/]+)/([^\s"'<>()\[\]/]+)/([^\s"'<>()\[\]/]*)/`)
)

// markIn finds our marker in a text; the last one counts, it is the footer's.
func markIn(text string, pattern *regexp.Regexp) Mark {
	found := pattern.FindAllStringSubmatch(text, -1)
	if len(found) == 0 {
		return Mark{}
	}
	last := found[len(found)-1]
	return Mark{Owner: last[1], Item: last[2], Intent: last[3]}
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// plain is a value of the wire as one text, the same on every port.
func plain(v any) string {
	encoded, err := json.Marshal(v)
	if err != nil { // it came from JSON: cannot fail
		return err.Error()
	}
	return address.ReplaceAllString(string(encoded), "http://here")
}

// object is a value of the wire as an object, empty when it is none.
func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// without is a copy of an object without some of its members.
func without(o map[string]any, names ...string) map[string]any {
	rest := map[string]any{}
	for name, value := range o {
		if !slices.Contains(names, name) {
			rest[name] = value
		}
	}
	return rest
}
