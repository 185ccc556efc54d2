package jirasim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Load reads issues from JSON lines, one REST v2 issue a line, as the public
// archives of Jira sites have them, and returns how many. What Jira Cloud shows
// otherwise is adapted: an agile `epic` becomes the parent where there is none,
// `closedSprints` and `sprint` become the Sprint field. Unknown projects, types,
// statuses and people are added; comments are kept.
func (w *World) Load(r io.Reader) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	lines := json.NewDecoder(r)
	for n := 0; ; n++ {
		var native object
		err := lines.Decode(&native)
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, fmt.Errorf("read issue %d: %w", n+1, err)
		}
		if fields, ok := native["fields"].(object); ok {
			modernise(fields)
		}
		w.add(native)
	}
}

// modernise rewrites what the agile API of a Data Center shows into what Jira
// Cloud's platform API shows.
func modernise(fields object) {
	if epic, ok := fields["epic"].(object); ok && fields["parent"] == nil {
		fields["parent"] = object{"id": text(epic["id"]), "key": epic["key"], "fields": object{"summary": epic["summary"]}}
	}
	sprints := append(asList(fields["closedSprints"]), asList(fields["sprint"])...)
	if len(sprints) > 0 {
		fields[SprintField] = sprints
	}
	if flagged, ok := fields["flagged"].(bool); ok && flagged {
		fields[FlaggedField] = []any{object{"value": "Impediment"}}
	}
	for _, agile := range []string{"epic", "sprint", "closedSprints", "flagged"} {
		delete(fields, agile)
	}
}
