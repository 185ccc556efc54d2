package plan

import (
	_ "embed" // the built-in template is a file
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// Words are the words of our comments: the built-in template, or what an
// organisation changed of it. They are safe for concurrent use.
type Words struct {
	file, source string // empty for the built-in ones
	t            *template.Template
}

//go:embed comment.tmpl
var builtInWords string

// Built-in parts that a file may define anew.
const wholeComment = "comment"

// BuiltInWords are the words that are used when an organisation has none.
func BuiltInWords() *Words {
	return &Words{t: template.Must(template.New("built-in").Parse(builtInWords))}
}

// BuiltInTemplate is the text of the built-in template.
func BuiltInTemplate() string { return builtInWords }

// maxTemplate bounds a template, in bytes.
const maxTemplate = 64 << 10

// ParseWords reads an organisation's template. It defines those parts of the
// built-in one anew that shall be otherwise, or, with text outside of any
// definition, the whole comment. Errors begin with the file's name and the line
// and say what to do; what it makes of samples has to be fit to be posted.
func ParseWords(file, text string) (*Words, error) {
	if len(text) > maxTemplate || strings.ContainsAny(text, veilOpen+veilShut) {
		return nil, fmt.Errorf("%s: this is no template of a comment: it is larger than 64 KB or holds characters of private use", file)
	}
	own, err := template.New(file).Parse(text)
	if err != nil {
		return nil, told(err)
	}
	built := BuiltInWords().t
	if err := knownParts(file, text, own, built); err != nil {
		return nil, err
	}
	for _, part := range own.Templates() { // one that is empty too
		name := part.Name()
		if name == file {
			name = wholeComment
		}
		if part.Tree == nil || part.Name() == file && parse.IsEmptyTree(part.Root) {
			continue
		}
		tree := part.Tree
		if parse.IsEmptyTree(tree.Root) { // it would not take the place of another
			tree = template.Must(template.New(name).Parse(`{{""}}`)).Tree
		}
		if built, err = built.AddParseTree(name, tree); err != nil {
			return nil, told(err)
		}
	}
	w := &Words{file: file, source: text, t: built}
	return w, w.fit()
}

// knownParts refuses a part that nothing asks for: most likely its name is
// spelt wrong.
func knownParts(file, text string, own, built *template.Template) error {
	var known []string
	for _, t := range built.Templates() {
		if t.Name() != built.Name() {
			known = append(known, t.Name())
		}
	}
	slices.Sort(known)
	for _, t := range own.Templates() {
		if name := t.Name(); name != file && !slices.Contains(known, name) && !strings.Contains(text, fmt.Sprintf("template %q", name)) {
			return fmt.Errorf("%s: nothing uses the part %q: there are %s", file, name, strings.Join(known, ", "))
		}
	}
	return nil
}

// MarshalJSON tells words apart, so that what was planned in other ones is
// planned anew.
func (w *Words) MarshalJSON() ([]byte, error) { return json.Marshal(w.source) }

// write says it in these words, or why they are not fit to be posted.
func (w *Words) write(said Said, veil *veil) (string, error) {
	var b strings.Builder
	if err := w.t.ExecuteTemplate(&b, wholeComment, said); err != nil {
		return "", told(err)
	}
	text, err := veil.lift(tidy(b.String()))
	if err == nil {
		err = postable(text)
	}
	return text, err
}

// plain says it in the built-in words, which are fit for everything.
func (w *Words) plain(said Said, veil *veil) string {
	var b strings.Builder
	_ = w.t.ExecuteTemplate(&b, wholeComment, said) // fields and no methods, into memory
	text, _ := veil.lift(tidy(b.String()))
	return text
}

func (s Settings) builtIn() *Words {
	if s.Words != nil && s.Words.file == "" {
		return s.Words
	}
	return BuiltInWords()
}

// tidy ends a comment with one line break.
func tidy(text string) string { return strings.TrimSpace(text) + "\n" }

// maxText bounds a comment, in characters; Jira takes 32,767 with its markup.
const maxText = 24000

func postable(text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New("it says nothing")
	case len([]rune(text)) > maxText:
		return fmt.Errorf("it is longer than %d characters", maxText)
	}
	for _, mark := range []string{"#trackwarden:", "#tw="} {
		for _, address := range addresses(text) {
			if strings.Contains(address, mark) {
				return fmt.Errorf("a link holds %s, by which our own comments are known", mark)
			}
		}
	}
	return nil
}

var lacking = regexp.MustCompile(`can't evaluate field (\w+) in type plan\.(\w+)`)

// told is an error of a template as "FILE:LINE: what is wrong".
func told(err error) error {
	text := strings.TrimPrefix(err.Error(), "template: ")
	fields := map[string]string{
		"Said":  "Gaps, Count, More, Left, Fixed, Clear, Team, Item, Help, Exempt",
		"Gap":   "N, Policy, Title, Now, Message, Enough, Remedy, Why, Severity, Since",
		"Fixed": "Title, Day", "About": "Key, Title, Type",
	}
	if m := lacking.FindStringSubmatch(text); m != nil {
		text = strings.Replace(text, m[0], fmt.Sprintf("there is no %s here, but %s", m[1], fields[m[2]]), 1)
	}
	return errors.New(text)
}
