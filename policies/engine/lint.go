package engine

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Problem is what keeps a policy from being one of the house's, in words that
// say what to do about it.
type Problem struct {
	File string // "story/too-big.rego"
	Line int    // 0: the file as a whole
	Text string
}

// Error is FILE:LINE: TEXT.
func (p Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// Lint says what is wrong with the policies beyond what loading demands, by
// file and line: how they describe themselves, whether what they say stays the
// same while nobody changes an item, and what they cost where nothing is wrong.
func (l *Library) Lint() []Problem {
	var problems []Problem
	for _, p := range l.policies {
		level := l.levels[p.Level]
		problems = append(problems, l.lintMetadata(p, level.parsed[p.ID])...)
		problems = append(problems, lintSteady(p, level.parsed[p.ID])...)
		problems = append(problems, lintCost(p, level.parsed[p.ID])...)
	}
	for _, f := range l.sources.library {
		if !l.tested(f.path) {
			problems = append(problems, Problem{f.path, 0, "there is no test; write " + testOf(f.path)})
		}
	}
	slices.SortFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, strings.Compare(a.Text, b.Text))
	})
	return slices.Compact(problems)
}

// complaints collects the problems of one policy's file.
type complaints struct {
	file string
	all  []Problem
}

func (c *complaints) say(line int, format string, args ...any) {
	c.all = append(c.all, Problem{c.file, line, fmt.Sprintf(format, args...)})
}

// lintMetadata checks how a policy describes itself, and that there is a test.
func (l *Library) lintMetadata(p Policy, parsed *ast.Module) []Problem {
	c := complaints{file: p.ID + ".rego"}
	line := 0
	if notes, err := onlyMetadata(c.file, parsed); err == nil {
		line = notes.Location.Row
	}
	if !l.tested(c.file) {
		c.say(0, "there is no test; write %s", testOf(c.file))
	}
	if name := path.Base(p.ID); !labelForm.MatchString(name) {
		c.say(0, "the file's name needs small letters, digits and hyphens only")
	} else if p.Label != name {
		c.say(line, "the label is %s; leave it out, it is the file's name", p.Label)
	}
	if len([]rune(p.Title)) > 40 || strings.HasSuffix(p.Title, ".") {
		c.say(line, "the title has at most 40 letters and no full stop: %q", p.Title)
	}
	for name, text := range map[string]string{"description": p.Description, "why": p.Why, "remedy": p.Remedy} {
		if first := []rune(text)[0]; !unicode.IsUpper(first) || !strings.HasSuffix(text, ".") {
			c.say(line, "%s is written in sentences: %q", name, text)
		}
	}
	for _, address := range p.References {
		if !strings.HasPrefix(address, "https://") {
			c.say(line, "related_resources are https addresses: %q", address)
		}
	}
	c.params(p, parsed, line)
	return c.all
}

// params finds parameters that are declared and not read, and parameters of
// other policies.
func (c *complaints) params(p Policy, parsed *ast.Module, line int) {
	read := &reads{}
	ast.WalkRefs(parsed, func(ref ast.Ref) bool {
		if !ref[0].Equal(ast.InputRootDocument) {
			return false
		}
		read.add(ref[1:])
		if len(ref) < 3 || !ref[1].Equal(ast.InternedTerm("settings")) {
			return false
		}
		if id, ok := asText(ref[2]); ok && id != p.ID {
			c.say(ref[0].Location.Row, "it reads a parameter of %s; give it one of its own", id)
		}
		return false
	})
	own := read.at("settings")
	if own != nil {
		own = own.at(p.ID)
	}
	for name := range p.Params {
		if own == nil || own.at(name) == nil {
			c.say(line, "params: nothing reads %s; read input.settings[%q].%s, or leave it out", name, p.ID, name)
		}
	}
}

func (l *Library) tested(name string) bool {
	return slices.ContainsFunc(l.sources.tests, func(f file) bool { return f.path == testOf(name) })
}

func testOf(name string) string { return strings.TrimSuffix(name, ".rego") + "_test.rego" }
