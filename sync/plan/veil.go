package plan

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// A veil keeps text from tickets out of the hands of a template: the template
// sets a token, and only what it wrote is filled in with the escaped text. So no
// template can take a text apart, or make a link or markup of it.
type veil struct{ texts []string }

const veilOpen, veilShut = "\ue000", "\ue001" // of Unicode's private use area

// hide is the token of a text; empty for an empty one.
func (v *veil) hide(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	v.texts = append(v.texts, escape(text))
	return veilOpen + strconv.Itoa(len(v.texts)-1) + veilShut
}

var veiled = regexp.MustCompile(veilOpen + `(\d+)` + veilShut)

var (
	errTakenApart = errors.New("it takes text of the ticket apart: print it whole, as in {{.Now}}")
	errLinked     = errors.New("it makes an address, a picture or markup of text from the ticket: leave that text on its own, and links to {{.Why}}, {{.Exempt}} and {{.Help}}")
)

// lift fills the texts in. The text comes back with an error too.
func (v *veil) lift(markdown string) (string, error) {
	known := true
	lifted := veiled.ReplaceAllStringFunc(markdown, func(token string) string {
		i, err := strconv.Atoi(strings.Trim(token, veilOpen+veilShut))
		if err != nil || i >= len(v.texts) {
			known = false
			return ""
		}
		return v.texts[i]
	})
	switch {
	case !known || strings.ContainsAny(veiled.ReplaceAllString(markdown, ""), veilOpen+veilShut):
		return lifted, errTakenApart
	case !slices.Equal(addresses(markdown), addresses(lifted)):
		return lifted, errLinked
	}
	return lifted, nil
}

// addresses are those of the links and pictures in a text, and what is HTML.
func addresses(markdown string) (all []string) {
	source := []byte(markdown)
	_ = ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			all = append(all, string(n.Destination))
		case *ast.Image:
			all = append(all, "!"+string(n.Destination))
		case *ast.AutoLink:
			all = append(all, string(n.URL(source)))
		case *ast.RawHTML:
			all = append(all, fmt.Sprintf("%q", n.Segments.Value(source)))
		}
		return ast.WalkContinue, nil
	})
	return all
}
