package example

// Items lists the whole example. What is planted stands beside the defect.
func Items() []Item {
	var all []Item
	for _, part := range [][]Item{features(), checkout(), search(), recommendations(), circle()} {
		all = append(all, part...)
	}
	return all
}

const (
	effortless = "Effortless buying"
	inspiring  = "Inspiring range"
)

// The people who look after the features and the work.
const (
	pat    = "Pat"   // Product Manager
	olga   = "Olga"  // Product Owner of Checkout
	samir  = "Samir" // Product Owner of Search
	ines   = "Ines"  // Product Owner of Recommendations
	yuki   = "Yuki"
	lena   = "Lena"
	marcos = "Marcos"
)

func features() []Item {
	return []Item{
		{
			Key: "FIND-1", Team: "Search", Type: "Epic", Title: "Smarter search", Owner: pat, State: Doing, Created: 70, Touched: 6,
			Hypothesis: "Shoppers who find what they look for in the first results buy more often.",
			Measure:    "Searches that end without a click fall from 31 % to 20 %", Theme: inspiring, Persona: "Busy parent", WSJF: [4]float64{13, 8, 5, 8},
		},
		{
			Key: "SHOP-1", Team: "Checkout", Type: "Epic", Title: "One-click checkout", Owner: pat, State: Doing, Created: 75, Touched: 3,
			Hypothesis: "Returning shoppers who can pay with one tap abandon fewer baskets.",
			Measure:    "Mobile baskets abandoned at payment fall from 24 % to 15 %", Theme: effortless, Persona: "Busy parent", WSJF: [4]float64{20, 13, 3, 8},
		},
		{
			Key: "101", Team: "Recommendations", Type: "Feature", Title: "Better product recommendations", Owner: pat, State: Doing, Created: 68, Touched: 5,
			Hypothesis: "Suggestions that fit the basket raise the number of items per order.",
			Measure:    "Items per order rise from 2.1 to 2.4", Theme: inspiring, Persona: "Gift finder", WSJF: [4]float64{13, 5, 5, 13},
		},
		{
			Key: "SHOP-2", Team: "Checkout", Type: "Epic", Title: "Gift cards in the app", Owner: pat, Created: 40, Touched: 9,
			Theme: effortless, Persona: "Gift finder", WSJF: [4]float64{8, 3, 1, 5},
			Planted: []string{"feature/no-benefit-hypothesis"},
		},
		{
			Key: "102", Team: "Recommendations", Type: "Feature", Title: "Outfit ideas from the wish list", Owner: pat, Created: 45, Touched: 12,
			Hypothesis: "Shoppers who see whole outfits come back within a week.",
			Measure:    "Share of shoppers who return within seven days", Theme: inspiring, Persona: "Gift finder", WSJF: [4]float64{5, 2, 2, 8},
			Planted: []string{"feature/no-stories"},
		},
	}
}

func checkout() []Item {
	return []Item{
		{
			Key: "SHOP-11", Team: "Checkout", Type: "Story", Title: "Redesign the payment page for one thumb", Parent: "SHOP-1",
			As: "a busy parent", Want: "to reach every button with one thumb", So: "I can pay while I carry a child",
			Criteria: []string{"Every control lies in the lower half of the screen", "The order total stays visible while scrolling", "A contrast check finds no error"},
			State:    Doing, Owner: yuki, Sprint: Now, Points: 5, Created: 30, Touched: 1, Theme: effortless, Persona: "Busy parent",
		},
		{
			Key: "SHOP-12", Team: "Checkout", Type: "Story", Title: "Integrate the wallets of both phone makers", Parent: "SHOP-1",
			As: "a busy parent", Want: "to pay with the wallet on my phone", So: "I need not type a card number",
			Criteria: []string{"A payment with each wallet reaches the ledger", "A refused payment says why in plain words"}, Inline: true,
			Sprint: Next, Points: 8, Created: 28, Touched: 4, Theme: effortless, Persona: "Busy parent",
		},
		{
			Key: "SHOP-13", Team: "Checkout", Type: "Story", Title: "Remember the delivery address", Parent: "SHOP-1",
			As: "a busy parent", Want: "the app to know where I live", So: "I confirm instead of typing",
			Sprint: Next, Points: 3, Created: 21, Touched: 8, Theme: effortless, Persona: "Busy parent",
			Planted: []string{"story/no-acceptance-criteria"},
		},
		{
			Key: "SHOP-14", Team: "Checkout", Type: "Story", Title: "Tune the payment call below 300 ms", Parent: "SHOP-1", Enabler: true,
			Criteria: []string{"95 of 100 calls answer within 300 ms under evening load", "No call is made twice"},
			State:    Doing, Sprint: Now, Points: 5, Created: 33, Touched: 2, Theme: effortless,
			Planted: []string{"story/no-owner"},
		},
		{
			Key: "SHOP-15", Team: "Checkout", Type: "Story", Title: "Move all payments to the new provider", Parent: "SHOP-1", Enabler: true,
			Criteria: []string{"All payment types go through the new provider", "The old contract can be ended"},
			Points:   21, Created: 26, Touched: 7, Theme: effortless,
			Planted: []string{"story/too-big"},
		},
		{
			Key: "SHOP-16", Team: "Checkout", Type: "Story", Title: "Show delivery slots on a map",
			As: "a gift finder", Want: "to see which slots are near", So: "I can pick the parcel up on my way",
			Criteria: []string{"Slots within two kilometres are shown", "A full slot is grey"},
			Points:   5, Created: 50, Touched: 14, Persona: "Gift finder",
			Planted: []string{"story/orphan"},
		},
		{
			Key: "SHOP-17", Team: "Checkout", Type: "Story", Title: "Print the receipt from the app", Parent: "SHOP-1",
			As: "a busy parent", Want: "to print my receipt", So: "I can file it",
			Criteria: []string{"The receipt prints on A4 and A6"},
			Points:   2, Created: 420, Touched: 260, Persona: "Busy parent",
			Planted: []string{"story/stale"},
		},
		{
			Key: "SHOP-18", Team: "Checkout", Type: "Story", Title: "Confirm the order with the face", Parent: "SHOP-1",
			As: "a busy parent", Want: "to confirm with a look", So: "I can finish with one hand",
			Criteria: []string{"The phone's own face check is used", "Without it a code is asked for"},
			State:    Done, Owner: yuki, Sprint: Past, Points: 5, Created: 60, Touched: 15, Theme: effortless, Persona: "Busy parent",
		},
		{
			Key: "SHOP-19", Team: "Checkout", Type: "Story", Title: "Pay with a gift card", Parent: "SHOP-2",
			As: "a gift finder", Want: "to pay with the card I was given", So: "it does not expire in a drawer",
			Criteria: []string{"A card can pay a part of the order", "What is left on the card is shown"},
			State:    Doing, Owner: marcos, Sprint: Now, Points: 5, Created: 20, Touched: 6, Theme: effortless, Persona: "Gift finder",
			Planted: []string{"story/parent-contradicts"}, // the feature is still to do
		},
		{
			Key: "SHOP-20", Team: "Checkout", Type: "Bug", Title: "The total is wrong when a voucher has expired",
			Criteria: []string{"An expired voucher is taken off the total"},
			State:    Doing, Owner: marcos, Sprint: Now, Points: 2, Created: 9, Touched: 1,
		},
		{
			Key: "SHOP-21", Team: "Checkout", Type: "Story", Title: "Suggest what was forgotten at the checkout", Across: "101",
			As: "a busy parent", Want: "to be reminded of batteries", So: "the toy works on the day",
			Criteria: []string{"At most three suggestions are shown", "A suggestion can be added with one tap"},
			Sprint:   Next, Points: 5, Created: 18, Touched: 5, Theme: inspiring, Persona: "Busy parent", Waits: []string{"111"},
		},
	}
}

func search() []Item {
	return []Item{
		{
			Key: "FIND-11", Team: "Search", Type: "Story", Title: "Redesign the search results for small screens", Parent: "FIND-1",
			As: "a busy parent", Want: "to see price and size at a glance", So: "I choose while I wait for the bus",
			Criteria: []string{"Price, size and delivery day are visible without a tap", "Six results fit on a small phone"},
			State:    Doing, Owner: lena, Sprint: Now, Points: 5, Created: 35, Touched: 2, Theme: inspiring, Persona: "Busy parent",
		},
		{
			Key: "FIND-12", Team: "Search", Type: "Story", Title: "Understand typing errors", Parent: "FIND-1",
			As: "a gift finder", Want: "to be understood when I mistype", So: "I need not start again",
			Criteria: []string{"One wrong letter still finds the article", "The corrected word is shown"},
			Sprint:   Next, Points: 8, Created: 31, Touched: 5, Theme: inspiring, Persona: "Gift finder",
		},
		{
			Key: "FIND-13", Team: "Search", Type: "Story", Title: "Integrate the stock service", Parent: "FIND-1",
			As: "a busy parent", Want: "to see only what is in stock", So: "I do not order in vain",
			Sprint: Next, Points: 5, Created: 24, Touched: 9, Theme: inspiring, Persona: "Busy parent", Waits: []string{"112"},
			Planted: []string{"story/no-acceptance-criteria"},
		},
		{
			Key: "FIND-14", Team: "Search", Type: "Story", Title: "Tune the index for evening load", Parent: "FIND-1", Enabler: true,
			Criteria: []string{"95 of 100 searches answer within 200 ms at 9 in the evening"},
			Sprint:   Next, Points: 8, Created: 22, Touched: 6, Theme: inspiring,
		},
		{
			Key: "FIND-15", Team: "Search", Type: "Story", Title: "Search by photo", Parent: "FIND-1",
			As: "a gift finder", Want: "to search with a photo", So: "I need not know the name",
			Criteria: []string{"A photo of a shoe finds shoes", "A photo without an article says so"},
			Points:   13, Created: 300, Touched: 20, Theme: inspiring, Persona: "Gift finder",
		},
		{
			Key: "FIND-16", Team: "Search", Type: "Story", Title: "Sort by delivery day",
			As: "a busy parent", Want: "to sort by delivery day", So: "the present comes in time",
			Criteria: []string{"The earliest delivery day comes first"},
			Points:   3, Created: 15, Touched: 10, Persona: "Busy parent",
			Planted: []string{"story/orphan"},
		},
		{
			Key: "FIND-17", Team: "Search", Type: "Story", Title: "Suggest words while typing", Parent: "FIND-1",
			As: "a busy parent", Want: "suggestions while I type", So: "I type less",
			Criteria: []string{"Suggestions come after the second letter", "They never name an article that is gone"},
			State:    Done, Owner: lena, Sprint: Past, Points: 5, Created: 65, Touched: 16, Theme: inspiring, Persona: "Busy parent",
		},
	}
}

func recommendations() []Item {
	return []Item{
		{
			Key: "111", Team: "Recommendations", Type: "User Story", Title: "Integrate the basket events", Parent: "101", Enabler: true,
			Criteria: []string{"Every change of a basket arrives within a second", "No event is counted twice"},
			State:    Doing, Owner: ines, Sprint: Now, Points: 5, Created: 29, Touched: 2, Theme: inspiring,
		},
		{
			Key: "112", Team: "Recommendations", Type: "User Story", Title: "Offer stock levels to other teams", Parent: "101", Enabler: true,
			Criteria: []string{"Stock levels are at most a minute old", "The interface is described"},
			Sprint:   Now, Created: 27, Touched: 3, Theme: inspiring,
			Planted: []string{"story/not-estimated"},
		},
		{
			Key: "113", Team: "Recommendations", Type: "User Story", Title: "Redesign the row of suggestions", Parent: "101",
			As: "a gift finder", Want: "suggestions that fit together", So: "I find a whole present",
			Sprint: Next, Points: 3, Created: 19, Touched: 7, Theme: inspiring, Persona: "Gift finder",
			Planted: []string{"story/no-acceptance-criteria"},
		},
		{
			Key: "114", Team: "Recommendations", Type: "User Story", Title: "Learn from what was sent back", Parent: "101",
			As: "a gift finder", Want: "not to be shown what others returned", So: "my present fits",
			Criteria: []string{"An article returned by one in five is not suggested"},
			State:    Doing, Sprint: Now, Points: 8, Created: 32, Touched: 2, Theme: inspiring, Persona: "Gift finder",
			Planted: []string{"story/no-owner"},
		},
		{
			Key: "115", Team: "Recommendations", Type: "User Story", Title: "Rebuild the model on the new platform", Parent: "101", Enabler: true,
			Criteria: []string{"The new model is at least as good on last year's orders"},
			Points:   20, Created: 38, Touched: 11, Theme: inspiring,
			Planted: []string{"story/too-big"},
		},
		{
			Key: "116", Team: "Recommendations", Type: "User Story", Title: "Show why something is suggested",
			As: "a gift finder", Want: "to know why I see this", So: "I trust the suggestion",
			Criteria: []string{"Each suggestion names one reason"},
			Points:   3, Created: 230, Touched: 200, Persona: "Gift finder",
			Planted: []string{"story/orphan", "story/stale"},
		},
		{
			Key: "117", Team: "Recommendations", Type: "Bug", Title: "Suggestions repeat after a page turn", Parent: "101",
			Criteria: []string{"No article is suggested twice in a visit"},
			State:    Doing, Owner: ines, Sprint: Now, Points: 2, Created: 12, Touched: 1, Persona: "Gift finder",
		},
	}
}

// circle is a dependency cycle over both trackers: each of the three waits for
// the next one.
func circle() []Item {
	cycle := []string{"story/dependency-cycle"}
	return []Item{
		{
			Key: "SHOP-31", Team: "Checkout", Type: "Story", Title: "Reserve the article while paying", Parent: "SHOP-1",
			As: "a busy parent", Want: "my articles kept while I pay", So: "nobody buys them from under my thumb",
			Criteria: []string{"A reservation holds for ten minutes", "It ends when the app is closed"},
			Sprint:   Next, Points: 5, Created: 17, Touched: 4, Theme: effortless, Persona: "Busy parent",
			Waits: []string{"FIND-31"}, Planted: cycle,
		},
		{
			Key: "FIND-31", Team: "Search", Type: "Story", Title: "Hide reserved articles", Parent: "FIND-1",
			As: "a busy parent", Want: "not to see what is reserved", So: "I am not disappointed",
			Criteria: []string{"A reserved article disappears within five seconds"},
			Sprint:   Next, Points: 3, Created: 17, Touched: 4, Theme: inspiring, Persona: "Busy parent",
			Waits: []string{"131"}, Planted: cycle,
		},
		{
			Key: "131", Team: "Recommendations", Type: "User Story", Title: "Count reservations as interest", Parent: "101", Enabler: true,
			Criteria: []string{"A reservation counts half a purchase"},
			Sprint:   Next, Points: 3, Created: 17, Touched: 4, Theme: inspiring,
			Waits: []string{"SHOP-31"}, Planted: cycle,
		},
	}
}
