package jira

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/simulator/evidence"
)

// document makes a document of its nodes.
func document(t *testing.T, nodes string) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(`{"type":"doc","version":1,"content":[`+nodes+`]}`), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestFromDocument(t *testing.T) {
	const para = `{"type":"paragraph","content":[{"type":"text","text":"inside"}]}`
	for name, c := range map[string]struct{ nodes, want string }{
		"heading":     {`{"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"Notes"}]}`, "### Notes"},
		"task list":   {`{"type":"taskList","attrs":{"localId":"a"},"content":[{"type":"taskItem","attrs":{"state":"TODO"},"content":[{"type":"text","text":"open"}]},{"type":"taskItem","attrs":{"state":"DONE"},"content":[{"type":"text","text":"done"}]}]}`, "- [ ] open\n- [x] done"},
		"decisions":   {`{"type":"decisionList","content":[{"type":"decisionItem","attrs":{"state":"DECIDED"},"content":[{"type":"text","text":"yes"}]}]}`, "- yes"},
		"panel":       {`{"type":"panel","attrs":{"panelType":"info"},"content":[` + para + `]}`, "inside"},
		"expand":      {`{"type":"expand","attrs":{"title":"More"},"content":[` + para + `]}`, "**More**\n\ninside"},
		"columns":     {`{"type":"layoutSection","content":[{"type":"layoutColumn","content":[` + para + `]},{"type":"layoutColumn","content":[` + para + `]}]}`, "inside\n\ninside"},
		"date":        {`{"type":"paragraph","content":[{"type":"date","attrs":{"timestamp":"1582152559000"}}]}`, "2020-02-19"},
		"mention":     {`{"type":"paragraph","content":[{"type":"mention","attrs":{"id":"1","text":"@Ada"}}]}`, "@Ada"},
		"status":      {`{"type":"paragraph","content":[{"type":"status","attrs":{"text":"DOING"}}]}`, "DOING"},
		"code":        {`{"type":"codeBlock","attrs":{"language":"go"},"content":[{"type":"text","text":"x := 1"}]}`, "```go\nx := 1\n```"},
		"table":       {`{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableHeader","content":[` + para + `]}]},{"type":"tableRow","content":[{"type":"tableCell","content":[` + para + `]}]}]}`, "inside\n---\ninside"},
		"nothing":     {``, ""},
		"no such one": {`{"type":"hologram","content":[` + para + `]}`, "inside"},
		"broken":      {`7,{"type":"paragraph","content":[null,{"type":"text"}]},` + para, "inside"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, tidied(fromDocument(document(t, c.nodes)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// tidied takes out the space that means nothing.
func tidied(markdown string) string {
	lines := strings.Split(strings.TrimSpace(markdown), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return regexp.MustCompile(`\n{3,}`).ReplaceAllString(strings.Join(lines, "\n"), "\n\n")
}

// Criteria are found in a document as they are in wiki markup.
func TestCriteriaInDocuments(t *testing.T) {
	bold := `{"type":"paragraph","content":[{"type":"text","text":"Acceptance criteria","marks":[{"type":"strong"}]}]},`
	item := func(text string) string {
		return `{"type":"taskItem","attrs":{"state":"TODO"},"content":[{"type":"text","text":"` + text + `"}]}`
	}
	doc := document(t, bold+`{"type":"taskList","content":[`+item("It is quick")+`,`+item("It is safe")+`]}`)
	got := backlog.ReadText(backlog.Sources{Body: fromDocument(doc)}).Criteria
	if diff := cmp.Diff([]string{"It is quick", "It is safe"}, got); diff != "" {
		t.Errorf("of %q (-want +got):\n%s", fromDocument(doc), diff)
	}
}

// Every document in Atlassian's own examples is read with every word.
func TestDocumentsOfTheVendor(t *testing.T) {
	content, err := os.ReadFile(evidence.File(t, "contracts", "jira-cloud.examples.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all any
	if err := json.Unmarshal(content, &all); err != nil {
		t.Fatal(err)
	}
	n := 0
	everyObject(all, func(o map[string]any) {
		if !isDocument(o) {
			return
		}
		n++
		markdown := fromDocument(o)
		everyObject(o, func(part map[string]any) {
			if text, ok := part["text"].(string); ok && !strings.Contains(markdown, text) {
				t.Errorf("%q is not in %q", text, markdown)
			}
		})
	})
	if n < 5 {
		t.Errorf("only %d documents", n)
	}
}

// everyObject visits every object in a JSON value.
func everyObject(value any, visit func(map[string]any)) {
	switch x := value.(type) {
	case map[string]any:
		visit(x)
		for _, inner := range x {
			everyObject(inner, visit)
		}
	case []any:
		for _, inner := range x {
			everyObject(inner, visit)
		}
	}
}

// Every issue in every recorded exchange is read, unless the recording left out
// what no issue of a real site lacks.
func TestConvertEveryRecordedIssue(t *testing.T) {
	read, cut := 0, 0
	for _, name := range []string{"jira-cloud-devlake-board-issues.json", "jira-devlake-collections.json", "jira-go-jira-mocks.json", "jira-webhooks-mattermost.json"} {
		var all any
		recorded(t, name, &all)
		everyObject(all, func(o map[string]any) {
			fields, ok := o["fields"].(map[string]any)
			if !ok || o["id"] == nil || o["key"] == nil {
				return
			}
			for _, needed := range []string{"project", "issuetype", "status", "created", "updated"} {
				if fields[needed] == nil {
					cut++
					return
				}
			}
			encoded, _ := json.Marshal(o)
			var raw issue
			if err := json.Unmarshal(encoded, &raw); err != nil {
				t.Errorf("%s: %v", o["key"], err)
				return
			}
			item, err := shop(nil).convert(raw, Settings{})
			summary, _ := fields["summary"].(string)
			if err != nil || item.Title != summary || item.Created.IsZero() || item.Changed.IsZero() || item.State.Category == "" || item.Type == "" {
				t.Errorf("%s is read as %+v, %v", o["key"], item, err)
			}
			read++
		})
	}
	if read != 16 {
		t.Errorf("read %d issues, want 16; %d were cut", read, cut)
	}
}
