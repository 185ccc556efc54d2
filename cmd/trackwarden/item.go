package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
)

// item finds the one stored item that a person means by a key or an id.
func (a *app) item(ctx context.Context, connection, name string) (backlog.Stored, error) {
	found, err := a.db.Find(ctx, connection, name)
	if err != nil {
		return backlog.Stored{}, incomplete(err)
	}
	switch len(found) {
	case 0:
		return backlog.Stored{}, usage(fmt.Errorf("%s is not known here: check the key, or run trackwarden check first to read it", name))
	case 1:
		return found[0], nil
	}
	var where []string
	for _, item := range found {
		where = append(where, item.Connection)
	}
	return backlog.Stored{}, usage(fmt.Errorf("%s is in several connections (%s): name one with --connection", name, strings.Join(where, ", ")))
}

// oneItem takes exactly one key or id.
func oneItem(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage(fmt.Errorf("%s takes one item, such as SHOP-147", cmd.CommandPath()))
	}
	return nil
}

func names[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// itemContract says which item is spoken of.
type itemContract struct {
	Connection string           `json:"connection"`
	ID         string           `json:"id"`
	Key        string           `json:"key"`
	URL        string           `json:"url"`
	Title      string           `json:"title"`
	Type       string           `json:"type"`
	Level      backlog.Level    `json:"level"`
	State      string           `json:"state"`
	Presence   backlog.Presence `json:"presence"`
}

func itemOf(s backlog.Stored) itemContract {
	return itemContract{s.Connection, s.ID.String(), s.Key, s.URL, s.Title, s.Type, s.Level, s.State.Native, s.Presence}
}

func (p *printer) item(i itemContract) {
	p.line("%s  %s", p.bold(harmless(i.Key)), harmless(i.Title))
	p.line("%s in %s, %s. %s", harmless(i.Type), harmless(i.Connection), harmless(i.State), harmless(i.URL))
	if i.Presence != backlog.Found && i.Presence != backlog.Moved {
		p.line("It is %s: it is neither judged nor written on.", i.Presence)
	}
}
