package jira

import (
	"strconv"
	"strings"
)

// flat reads a value as people see it: an option is its value, a person the
// name, a cascade both parts.
func flat(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(x)
	case []any:
		parts := make([]string, 0, len(x))
		for _, entry := range x {
			parts = append(parts, flat(entry))
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return flatObject(x)
	}
	return ""
}

func flatObject(x map[string]any) string {
	if isDocument(x) {
		return fromDocument(x)
	}
	for _, key := range []string{"value", "name", "displayName", "title", "text", "key", "id"} {
		text := flat(x[key])
		if text == "" {
			continue
		}
		if child := flat(x["child"]); child != "" {
			text += " / " + child
		}
		return text
	}
	return ""
}

// markdownOf reads a value as Markdown.
func markdownOf(value any) string {
	switch x := value.(type) {
	case string:
		return fromWiki(x)
	case []any:
		var b strings.Builder
		for _, entry := range x {
			if s := strings.Join(strings.Fields(flat(entry)), " "); s != "" {
				b.WriteString("- " + s + "\n")
			}
		}
		return b.String()
	}
	return flat(value)
}
