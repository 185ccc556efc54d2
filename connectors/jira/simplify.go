package jira

import (
	"strconv"
	"strings"
	"time"
)

// simplify turns the parts of a document that have no Markdown of their own
// into parts that have: a task list into a list, so that each task stays one
// line, a panel into its content, a date into a date. What it does not know it
// leaves alone.
func simplify(node map[string]any) map[string]any {
	content, _ := node["content"].([]any)
	parts := gather(content, []any{})
	plain := map[string]any{}
	for key, value := range node {
		plain[key] = value
	}
	if content != nil {
		plain["content"] = parts
	}
	return plainer(plain, parts)
}

// gather adds simple parts; of those that only frame others, what is in them.
func gather(content, parts []any) []any {
	for _, child := range content {
		part, ok := child.(map[string]any)
		if !ok {
			continue
		}
		if inner, ok := part["content"].([]any); ok && transparent(part) {
			parts = gather(inner, append(parts, titleOf(part)...))
			continue
		}
		parts = append(parts, simplify(part))
	}
	return parts
}

// plainer rewrites one node whose content is simple already.
func plainer(node map[string]any, parts []any) map[string]any {
	attrs, _ := node["attrs"].(map[string]any)
	switch node["type"] {
	case "taskList", "decisionList":
		node["type"] = "bulletList"
	case "taskItem":
		box := "[ ] "
		if attrs["state"] == "DONE" {
			box = "[x] "
		}
		return listItem(prefixed(box, parts))
	case "decisionItem":
		return listItem(parts)
	case "mention":
		return textNode("@" + strings.TrimPrefix(flat(attrs["text"]), "@"))
	case "date":
		ms, err := strconv.ParseInt(flat(attrs["timestamp"]), 10, 64)
		if err == nil {
			return textNode(time.UnixMilli(ms).UTC().Format(time.DateOnly))
		}
	case "status":
		return textNode(flat(attrs["text"]))
	}
	return node
}

// transparent nodes only frame others.
func transparent(node map[string]any) bool {
	switch node["type"] {
	case "panel", "expand", "nestedExpand", "layoutSection", "layoutColumn", "bodiedExtension":
		return true
	}
	return false
}

// titleOf is the title of an expandable part, as a line in bold.
func titleOf(node map[string]any) []any {
	attrs, _ := node["attrs"].(map[string]any)
	title := flat(attrs["title"])
	if title == "" {
		return nil
	}
	bold := textNode(title)
	bold["marks"] = []any{map[string]any{"type": "strong"}}
	return []any{map[string]any{"type": "paragraph", "content": []any{bold}}}
}

func listItem(content []any) map[string]any {
	return map[string]any{"type": "listItem", "content": []any{map[string]any{"type": "paragraph", "content": content}}}
}

// prefixed puts words before a line's first text, which would lose the space
// at its end if it stood alone.
func prefixed(words string, parts []any) []any {
	if len(parts) > 0 {
		if first, ok := parts[0].(map[string]any); ok && first["type"] == "text" {
			first["text"] = words + flat(first["text"])
			return parts
		}
	}
	return append([]any{textNode(words)}, parts...)
}

func textNode(text string) map[string]any { return map[string]any{"type": "text", "text": text} }
