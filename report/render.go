package report

import (
	"embed"
	"encoding/json"
	"fmt"
	htmltemplate "html/template"
	"io"
	"net/url"
	"strings"
	"text/template"
	"unicode"
)

//go:embed templates/report.md templates/report.html
var templates embed.FS

// JSON writes the report as its contract.
func JSON(w io.Writer, r Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// Markdown writes the report as CommonMark with tables. Text from tickets is
// escaped.
func Markdown(w io.Writer, r Report) error {
	t, err := template.New("report.md").Funcs(template.FuncMap{
		"text": escapeMarkdown, "link": linkMarkdown, "join": join, "colour": capital,
		"practice": practiceName, "number": func(i int) int { return i + 1 },
	}).ParseFS(templates, "templates/report.md")
	if err != nil {
		return fmt.Errorf("parse template: %w", err)
	}
	if err := t.Execute(w, r); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// HTML writes the report as one file that needs nothing else and prints well.
func HTML(w io.Writer, r Report) error {
	t, err := htmltemplate.New("report.html").Funcs(htmltemplate.FuncMap{
		"join": join, "web": webAddress, "colour": capital, "share": share, "practice": practiceName,
	}).ParseFS(templates, "templates/report.html")
	if err != nil {
		return fmt.Errorf("parse template: %w", err)
	}
	if err := t.Execute(w, r); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// escapeMarkdown keeps text from a ticket from becoming markup, also inside a
// table.
func escapeMarkdown(text string) string {
	var b strings.Builder
	for _, r := range plain(text) {
		if strings.ContainsRune("\\`*_{}[]<>#|~@", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plain makes one line of a ticket's text, without control characters and
// without marks that turn the direction of what follows.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)), " ")
}

// linkMarkdown links a key to its page; an address that is no web page is left
// out.
func linkMarkdown(text, address string) string {
	if address = webAddress(address); address == "" {
		return escapeMarkdown(text)
	}
	return fmt.Sprintf("[%s](<%s>)", escapeMarkdown(text), strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(address))
}

// webAddress lets only addresses of web pages through: a tracker's answer is
// not to be trusted with "javascript:".
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return u.String()
}

func join(parts []string) string { return strings.Join(parts, ", ") }

// practiceName shows a practice's word as a person writes it: "Break down".
func practiceName(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + strings.ReplaceAll(word[1:], "-", " ")
}

// capital shows a colour as a word that begins a line, with a space behind it.
func capital(colour string) string {
	if colour == "" {
		return ""
	}
	return strings.ToUpper(colour[:1]) + colour[1:] + " "
}

// share is a part of a whole in percent, for the width of a bar.
func share(part, whole int) int {
	if whole == 0 {
		return 0
	}
	return 100 * part / whole
}
