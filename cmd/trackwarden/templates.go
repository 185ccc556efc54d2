package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/sync/plan"
)

func templatesCommand(s *session) *cobra.Command {
	cmd := &cobra.Command{
		Use: "templates", Short: "Show and preview the words of comments", Args: noArgs, DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "show", Short: "Print the built-in template, as a beginning of your own", Args: noArgs,
			Example: "  trackwarden templates show > comment.tmpl   # then, in trackwarden.yaml: templates: {comment: comment.tmpl}",
			RunE: func(*cobra.Command, []string) error {
				_, err := s.out.Write([]byte(plan.BuiltInTemplate()))
				return err
			},
		},
		templatesPreviewCommand(s),
	)
	return cmd
}

func templatesPreviewCommand(s *session) *cobra.Command {
	var item, connection string
	cmd := &cobra.Command{
		Use: "preview", Short: "Print comments as they would be written, in Markdown and in the trackers' own form", Args: noArgs,
		Long: `Prints what comments look like in the words of the configuration: on a sample, or
on an item with what is open on it, whether a comment is due there or not. It asks
no tracker and writes nothing.`,
		Example: "  trackwarden templates preview\n  trackwarden templates preview --item SHOP-147\n  trackwarden templates preview --connection shop --format json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withStore(cmd.Context(), func(a *app) error { return s.previewTemplates(cmd.Context(), a, connection, item) })
		},
	}
	cmd.Flags().StringVar(&item, "item", "", "the comment on this item, by its `KEY` or id")
	cmd.Flags().StringVar(&connection, "connection", "", "only for this `CONNECTION`")
	s.formatFlag(cmd)
	return cmd
}

// previewsContract is what templates preview prints.
type previewsContract struct {
	Schema   int               `json:"schema"`
	Template string            `json:"template"` // the file, empty for the built-in one
	Previews []previewContract `json:"previews"`
}

type previewContract struct {
	When     string            `json:"when"` // what has happened, or the item's key
	Markdown string            `json:"markdown"`
	Rendered map[string]string `json:"rendered"` // by connection, as its tracker is sent it
}

// renderer is a tracker that shows a comment as it would be sent.
type renderer interface {
	Rendered(c backlog.Change) string
}

func (s *session) previewTemplates(ctx context.Context, a *app, connection, item string) error {
	if err := a.knows(connection); err != nil {
		return err
	}
	c := previewsContract{Schema: contractSchema, Template: a.cfg.Templates.Comment}
	var err error
	if item == "" {
		c.Previews = a.samples(connection)
	} else if c.Previews, err = a.previewOf(ctx, connection, item); err != nil {
		return err
	}
	if s.json() {
		return printJSON(s.out, c)
	}
	newPrinter(s.out).previews(c)
	return nil
}

// samples are comments on a sample, in the form of every connection.
func (a *app) samples(connection string) (all []previewContract) {
	for _, e := range plan.Examples(a.planning(a.cfg.Connections[0])) {
		p := previewContract{When: e.When, Markdown: e.Markdown, Rendered: map[string]string{}}
		for _, c := range a.cfg.Connections {
			if connection == "" || connection == c.Name {
				p.Rendered[c.Name] = a.rendered(c.Name, backlog.ItemID{ID: "147"}, "SHOP-147", e.Markdown)
			}
		}
		all = append(all, p)
	}
	return all
}

// previewOf is the comment on an item.
func (a *app) previewOf(ctx context.Context, connection, name string) ([]previewContract, error) {
	item, err := a.item(ctx, connection, name)
	if err != nil {
		return nil, err
	}
	candidate, _, err := a.db.Candidate(ctx, item.ID)
	if err != nil {
		return nil, incomplete(fmt.Errorf("load findings: %w", err))
	}
	c, _ := a.cfg.Connection(item.Connection)
	text, ok := plan.Preview(backlog.View{Candidate: candidate}, a.planning(c))
	if !ok {
		return nil, usage(fmt.Errorf("nothing is open on %s that may be written about: name another item, or look at the sample without --item", item.Key))
	}
	return []previewContract{{When: item.Key, Markdown: text, Rendered: map[string]string{c.Name: a.rendered(c.Name, item.ID, item.Key, text)}}}, nil
}

func (a *app) rendered(connection string, id backlog.ItemID, key, markdown string) string {
	r, ok := a.writers[connection].(renderer)
	if !ok {
		return markdown
	}
	marker := backlog.Marker{Owner: a.cfg.Owner, Item: id.ID}
	return r.Rendered(backlog.Change{Item: id, Key: key, Comment: &backlog.CommentChange{Markdown: markdown, Marker: marker}})
}

func (p *printer) previews(c previewsContract) {
	if c.Template == "" {
		p.line("In the built-in words; trackwarden templates show prints them.")
	} else {
		p.line("In the words of %s.", c.Template)
	}
	for _, preview := range c.Previews {
		p.heading("%s", harmless(preview.When))
		p.text(preview.Markdown)
		for _, name := range names(preview.Rendered) {
			p.heading("%s, as sent to %s", harmless(preview.When), name)
			p.text(preview.Rendered[name])
		}
	}
}

func (p *printer) text(s string) {
	for line := range strings.SplitSeq(strings.TrimSpace(s), "\n") {
		p.line("%s", harmless(line))
	}
}

// loadWords reads the organisation's words of comments, if it has any.
func loadWords(cfg *config.Config) (*plan.Words, error) {
	file := cfg.CommentFile()
	if file == "" {
		return plan.BuiltInWords(), nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, usage(fmt.Errorf("templates.comment: %w: name a file that can be read", err))
	}
	words, err := plan.ParseWords(file, string(text))
	if err != nil {
		return nil, usage(fmt.Errorf("templates.comment: %w", err))
	}
	return words, nil
}
