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
// markup was asked for. A document that cannot be read is empty.
func fromDocument(x map[string]any) (markdown string) {
	defer func() {
		if recover() != nil {
			markdown = ""
		}
	}()
	encoded, err := json.Marshal(simplify(x))
	if err != nil {
		return ""
	}
	var document adf.ADF
	if err := json.Unmarshal(encoded, &document); err != nil {
		return ""
	}
	return strings.TrimSpace(adf.NewTranslator(&document, adf.NewMarkdownTranslator()).Translate())
}
