package config

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// AddPolicy adds a folder of policies, unless it is empty, and the settings of
// one policy to the text of a configuration. Nothing else of the text changes:
// lines are put in, and none is written anew. It reports false, and adds
// nothing, where the text is laid out in a way that it cannot add to. setting
// is an entry of policies.settings in flow style.
func AddPolicy(text []byte, folder, setting string) ([]byte, bool) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil || len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return text, false
	}
	root := document.Content[0]
	if root.Style&yaml.FlowStyle != 0 || root.Column != 1 {
		return text, false
	}
	lines := strings.SplitAfter(strings.TrimRight(string(text), "\n")+"\n", "\n")
	key, section := member(root, "policies")
	if section == nil {
		added := "policies:\n" + folderLine("  ", folder) + settingLines("  ", setting)
		return []byte(strings.Join(lines, "") + added), true
	}
	if section.Kind != yaml.MappingNode || section.Style&yaml.FlowStyle != 0 || len(section.Content) == 0 {
		return text, false
	}
	indent := strings.Repeat(" ", section.Content[0].Column-1)
	insert := map[int]string{} // before which line, counted from 0
	if folder != "" {
		if _, paths := member(section, "paths"); paths != nil {
			return text, false
		}
		insert[key.Line] = folderLine(indent, folder)
	}
	switch _, settings := member(section, "settings"); {
	case settings == nil:
		insert[key.Line] += settingLines(indent, setting)
	case settings.Kind == yaml.SequenceNode && settings.Style&yaml.FlowStyle == 0 && len(settings.Content) > 0:
		first := settings.Content[0]
		line := lines[first.Line-1]
		dash := strings.Index(line, "-")
		if dash < 0 || strings.TrimSpace(line[:dash]) != "" {
			return text, false
		}
		insert[first.Line-1] += line[:dash] + "- " + setting + "\n"
	default:
		return text, false
	}
	var all []string
	for i, line := range lines {
		all = append(all, insert[i], line)
	}
	return []byte(strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), "")), true
}

// member finds a key of a mapping and its value.
func member(mapping *yaml.Node, name string) (key, value *yaml.Node) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == name {
			return mapping.Content[i], mapping.Content[i+1]
		}
	}
	return nil, nil
}

func folderLine(indent, folder string) string {
	if folder == "" {
		return ""
	}
	return fmt.Sprintf("%spaths: [%q]\n", indent, folder)
}

func settingLines(indent, setting string) string {
	return fmt.Sprintf("%ssettings:\n%s  - %s\n", indent, indent, setting)
}
