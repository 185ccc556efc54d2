package jirasim

import "strings"

// document wraps plain or wiki text in a document of v3's format: a paragraph
// for each block, a hard break for each line. It does not read wiki markup.
func document(s string) object {
	content := []any{}
	for block := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n") {
		content = append(content, object{"type": "paragraph", "content": lines(block)})
	}
	return object{"type": "doc", "version": 1, "content": content}
}

func lines(block string) []any {
	inline := []any{}
	for n, line := range strings.Split(block, "\n") {
		if n > 0 {
			inline = append(inline, object{"type": "hardBreak"})
		}
		if line != "" { // a text node must not be empty
			inline = append(inline, object{"type": "text", "text": line})
		}
	}
	return inline
}

// wiki reads a document back into text, blocks apart by an empty line. Marks
// are lost. A string stays as it is.
func wiki(v any) string {
	node, ok := v.(object)
	if !ok {
		return text(v)
	}
	switch node["type"] {
	case "text":
		return text(node["text"])
	case "hardBreak":
		return "\n"
	}
	between := ""
	switch node["type"] {
	case "doc", "blockquote", "panel", "expand":
		between = "\n\n"
	case "bulletList", "orderedList", "listItem", "taskList", "tableRow", "table":
		between = "\n"
	}
	var parts []string
	for _, child := range asList(node["content"]) {
		parts = append(parts, wiki(child))
	}
	return strings.Join(parts, between)
}
