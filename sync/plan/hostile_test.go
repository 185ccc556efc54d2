package plan_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/sync/plan"
)

// Whatever a ticket says, its comment has our links and no others, in any words.
func TestX18NoTextOfATicketMakesALink(t *testing.T) {
	pieces := []string{"[", "]", "(", ")", "<", ">", "`", "\\", "*", "_", "!", "#", "~", "|", "\n", " ", ":", "@", "https://evil.example", "[x](https://evil.example)", "<a href=x>", "\ue000", "0", "\ue001", "&#91;", "x", "{{.Why}}"}
	own, err := plan.ParseWords("own.tmpl", "{{define \"sign\"}}> {{.Item.Title}}: _{{.Item.Title}}_ **{{.Item.Key}}** `{{.Item.Title}}`\n- {{.Item.Title}}{{end}}")
	if err != nil {
		t.Fatal(err)
	}
	ours := regexp.MustCompile(`^https://help\.example/(policies/story/a|exemptions)\.md$`)
	for seed := range uint64(3000) {
		r, s, v := rand.New(rand.NewPCG(seed, 18)), settings(), view(finding("story/a", backlog.Warning))
		if seed%2 == 0 {
			s.Words = own
		}
		var b strings.Builder
		for range 1 + r.IntN(12) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		v.Title, v.Key, v.Open[0].Message = b.String(), b.String(), b.String()
		markdown := plan.Comment(v.Open, v, s)
		if links := linksIn(markdown); len(links) != 2 || slices.ContainsFunc(links, func(l string) bool { return !ours.MatchString(l) }) {
			t.Fatalf("seed %d: %q made the links %q:\n%s", seed, b.String(), links, markdown)
		}
	}
}

func linksIn(markdown string) (all []string) {
	source := []byte(markdown)
	_ = ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if entering {
				all = append(all, string(n.Destination))
			}
		case *ast.Image, *ast.AutoLink, *ast.RawHTML, *ast.HTMLBlock:
			all = append(all, n.Kind().String())
		}
		return ast.WalkContinue, nil
	})
	return all
}
