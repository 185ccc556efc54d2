package jira

import (
	"encoding/json"
	"strings"

	"github.com/ankitpokhrel/jira-cli/pkg/adf"
)

// isDocument recognises the Atlassian Document Format.
func isDocument(x map[string]any) bool {
	_, hasContent := x["content"].([]any)
	return x["type"] == "doc" && hasContent
}

// fromDocument reads a document as Markdown, should one arrive where wiki
// markup was asked for. Of a document that cannot be read so the bare words are
// read: it is not empty.
func fromDocument(x map[string]any) (markdown string) {
	defer func() {
		if recover() != nil {
			markdown = bareWords(x)
		}
	}()
	encoded, err := json.Marshal(simplify(x))
	if err != nil {
		return bareWords(x)
	}
	var document adf.ADF
	if err := json.Unmarshal(encoded, &document); err != nil {
		return bareWords(x)
	}
	return strings.TrimSpace(adf.NewTranslator(&document, adf.NewMarkdownTranslator()).Translate())
}

// bareWords are the texts of a document, without structure.
func bareWords(document map[string]any) string {
	return strings.Join(strings.Fields(strings.Join(texts(document, nil), " ")), " ")
}

// texts adds those of a node, in the order in which they stand.
func texts(n map[string]any, found []string) []string {
	if text, ok := n["text"].(string); ok {
		found = append(found, text)
	}
	content, _ := n["content"].([]any)
	for _, child := range content {
		if part, ok := child.(map[string]any); ok {
			found = texts(part, found)
		}
	}
	return found
}
