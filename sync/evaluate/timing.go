package evaluate

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// iteration chooses one of those that an item is in: the running one, else the
// next ahead, else the last past.
func (j *judge) iteration(all []backlog.Iteration) engine.Iteration {
	var chosen engine.Iteration
	for i := range all {
		it := engine.Iteration{
			Name: all[i].Name, State: j.stateOf(&all[i]), Start: j.calendar.day(all[i].Start), End: j.calendar.day(all[i].End),
		}
		if chosen.Name == "" || before(it, chosen) {
			chosen = it
		}
	}
	return chosen
}

func (j *judge) stateOf(it *backlog.Iteration) string {
	switch {
	case it.Running(j.calendar.end):
		return "active"
	case it.Ahead(j.calendar.end):
		return "future"
	case it.State == "" && it.Start.IsZero():
		return ""
	}
	return "past"
}

// before reports whether a says more of where an item is now than b.
func before(a, b engine.Iteration) bool {
	order := map[string]int{"active": 0, "future": 1, "past": 2, "": 3}
	switch {
	case order[a.State] != order[b.State]:
		return order[a.State] < order[b.State]
	case a.State == "future":
		return a.Start < b.Start
	}
	return a.Start > b.Start
}

// increments are the one of a train that holds today, and the one after it.
func (j *judge) increments(train string) (current, next backlog.Increment) {
	for i := range j.settings.Organisation.Trains {
		if t := &j.settings.Organisation.Trains[i]; t.Name == train {
			return t.Current(j.calendar.today)
		}
	}
	return current, next
}

func increment(i backlog.Increment) engine.Increment {
	return engine.Increment{Name: i.Name, Start: i.Start, End: i.End}
}

// timing fills in where an item stands in time, and how many days there are to
// what lies ahead of it. It is left out where no policy asks for it.
func (j *judge) timing(in *engine.Input, item *backlog.Item, at *place) {
	current, next := j.increments(at.train)
	in.Train.Current, in.Train.Next = increment(current), increment(next)
	in.Subject.Iteration = j.iteration(item.Iterations)
	in.Facts.DueIn = j.calendar.until(in.Subject.Due)
	in.Facts.IncrementIn = j.calendar.until(in.Increment.Start)
	in.Facts.IterationIn = j.calendar.until(in.Subject.Iteration.Start)
}

// until counts days from today to a date, negative when it is past; nil for
// what is no date.
func (c *calendar) until(date string) *int {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return nil
	}
	days := int(day.Unix()/secondsOfDay - c.days)
	return &days
}
