package memory_test

import (
	"fmt"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// A small shop: a feature, a story that has everything, and a few that have
// nothing.

var seeded = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// clock moves on by a second whenever it is looked at.
func clock() func() time.Time {
	now := seeded.AddDate(0, 0, 22)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func site() backlog.Site {
	return backlog.Site{
		ID: "memory:shop", Kind: "memory", Name: "Shop", URL: "memory://shop",
		Account:  backlog.Person{ID: "bot", Name: "Trackwarden"},
		Projects: []backlog.Project{shop()},
		Types: []backlog.ItemType{
			{Project: "10000", Name: "Epic", Level: backlog.Feature},
			{Project: "10000", Name: "Story", Level: backlog.Story},
		},
		Rights:   []backlog.Rights{{Project: "10000", Edit: true, Comment: true, Quiet: true}},
		Page:     "memory://shop/{key}",
		Locators: []string{`^memory://shop/(?P<key>SHOP-\d+)$`},
	}
}

func shop() backlog.Project { return backlog.Project{ID: "10000", Key: "SHOP", Name: "Shop"} }

func items() []backlog.Item {
	all := []backlog.Item{item(1, "Epic", "One-click checkout"), item(2, "Story", "Pay with a stored card")}
	all[0].Level = backlog.Feature
	rich := &all[1]
	rich.Body = "As a busy parent, I want to pay with a stored card, so that I am done quickly.\n\n" +
		"## Acceptance criteria\n\n- The card is remembered\n- The card can be removed"
	rich.Text = backlog.ReadText(backlog.Sources{Title: rich.Title, Body: rich.Body})
	rich.Parent = &backlog.Ref{ID: all[0].ID, Key: all[0].Key}
	rich.Links = []backlog.Link{{Type: backlog.Blocks, Direction: backlog.Inward, Native: "is blocked by", To: backlog.Ref{Key: "SHOP-4"}}}
	rich.Labels = []string{"payments"}
	rich.Points = new(float64(5))
	rich.Assignee = &backlog.Person{ID: "pat", Name: "Pat"}
	rich.State = backlog.State{Category: backlog.InProgress, Native: "In Progress", Since: seeded}
	for _, f := range []backlog.Field{backlog.FieldDescription, backlog.FieldParent, backlog.FieldLinks, backlog.FieldPoints, backlog.FieldAssignee} {
		rich.Filled = rich.Filled.With(f)
	}
	for n := 3; n <= 5; n++ {
		all = append(all, item(n, "Story", fmt.Sprintf("Story %d", n)))
	}
	return all
}

func item(n int, kind, title string) backlog.Item {
	key := fmt.Sprintf("SHOP-%d", n)
	return backlog.Item{
		ID: backlog.ItemID{Site: "memory:shop", ID: fmt.Sprint(n)}, Project: shop(), Key: key, URL: "memory://shop/" + key,
		Title: title, Type: kind, Level: backlog.Story, State: backlog.State{Category: backlog.ToDo, Native: "To Do"},
		Created: seeded, Changed: seeded,
	}
}
