package engine_test

import (
	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

func ptr[T any](v T) *T { return &v }

// healthyStory is a story of which no policy has anything to say, every field
// filled, of the size that stories really have.
func healthyStory() engine.Input {
	feature := engine.Summary{
		ID: "jira:1/100", Key: "SHOP-100", URL: "https://shop.example/browse/SHOP-100", Title: "One-click checkout",
		Level: backlog.Feature, State: engine.SummaryState{Category: backlog.InProgress, Native: "Implementing"},
		Team: "Checkout", Increment: "PI 26.4", Theme: "Effortless buying",
	}
	blocked := feature
	blocked.Key, blocked.Level = "PLAT-88", backlog.Story
	return engine.Input{
		Today: "2026-11-24", Level: backlog.Story,
		Subject: engine.Subject{
			Kind: backlog.ItemSubject, ID: "jira:1/147", Key: "SHOP-147", URL: "https://shop.example/browse/SHOP-147",
			Title: "Pay with one click", Type: "Story",
			State:  engine.State{Category: backlog.InProgress, Native: "In Progress", Since: "2026-11-20"},
			Points: ptr(5.0), Priority: "High", Rank: "0|hzzzzz:",
			WSJF:  engine.WSJF{Value: ptr(8.0), Criticality: ptr(5.0), Risk: ptr(2.0), Size: ptr(3.0)},
			Theme: "Effortless buying", Persona: "Busy parent", Assignee: "557058:77",
			Labels: []string{"checkout", "mobile"}, Components: []string{"app"}, Created: "2026-10-01", Changed: "2026-11-23", Due: "2026-12-13",
			Custom: map[string]any{"Channel": "app", "Reach": 3.5, "Regions": []any{"EU", "US"}, "Beta": true},
		},
		Text: engine.Text{
			Criteria: []string{"Given a saved card, an order is placed with one click", "The price is shown before", "It can be taken back for a minute"},
			Role:     "busy parent", Means: "to pay with one click", Ends: "I am done before the bus comes",
			Hypothesis: "More orders from the app", Measure: "orders per visit",
			Headings: []string{"Context", "Out of scope", "Test notes"}, Words: 120,
			Story: engine.Story{
				Language: "en", Sentence: "As a busy parent, I want to pay with one click so that I am done before the bus comes.",
				Words: 19, ReadingEase: ptr(85.0),
			},
		},
		Facts: engine.Facts{
			AgeDays: 54, IdleDays: 1, StateDays: ptr(4), LastActivity: "2026-11-23", NotDone: true, Active: true,
			Committed: true, ChildrenKnown: true,
		},
		Parent: &feature, ParentRef: engine.ParentKnown,
		Links:     []engine.Link{{Type: backlog.Blocks, Direction: backlog.Outward, Item: &blocked}, {Type: backlog.Relates, Direction: backlog.Inward}},
		Team:      engine.Team{Name: "Checkout", Train: "Retail"},
		Train:     engine.Train{Name: "Retail"},
		Increment: engine.Increment{Name: "PI 26.4", Start: "2026-10-05", End: "2026-12-13"},
	}
}

// healthyFeature is the same for a feature with eight stories.
func healthyFeature() engine.Input {
	in := healthyStory()
	child := *in.Parent
	in.Level, in.Subject.Type, in.Subject.Key = backlog.Feature, "Epic", "SHOP-100"
	in.Parent = &engine.Summary{
		ID: "jira:1/9", Key: "SHOP-9", Title: "Effortless buying", Level: backlog.Portfolio, Type: "Initiative",
		State: engine.SummaryState{Category: backlog.InProgress, Native: "Implementing"},
	}
	child.Level = backlog.Story
	for range 8 {
		in.Children = append(in.Children, child)
	}
	return in
}
