package survey

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// Settings is what a survey has to know beside the items.
type Settings struct {
	Organisation backlog.Organisation
	Planning     backlog.Planning
	Baselines    []backlog.Baseline
	Ties         []backlog.Tie
	Now          time.Time
	Zone         *time.Location
}

// Place is where an item belongs; empty parts mean nowhere.
type Place struct {
	Team, Train string
	Increment   backlog.Increment
	Theme       string
	Several     bool // the settings give it to several teams
}

// Survey is a count under way. It is used by one goroutine.
type Survey struct {
	Settings
	calendar calendar
	teams    map[string]*group
	trains   map[string]*group
	sites    map[string]*group      // by connection
	current  map[string]string      // by train: the name of the increment that holds today
	cells    map[cell]amount        // stories, by what has to be put together with their feature
	features map[int64]*feature     // every feature, by number
	kids     map[int64]*kids        // what is below a feature, by its number
	ends     map[int64]*end         // ends of dependencies, by number
	twins    map[string]*duplicates // by team
	crossed  []crossing             // set by Finish
}

// New begins a survey.
func New(settings Settings) *Survey {
	s := &Survey{
		Settings: settings, calendar: newCalendar(settings.Now, settings.Zone),
		teams: map[string]*group{}, trains: map[string]*group{}, sites: map[string]*group{}, current: map[string]string{},
		cells: map[cell]amount{}, features: map[int64]*feature{}, kids: map[int64]*kids{}, ends: map[int64]*end{},
		twins: map[string]*duplicates{},
	}
	for _, t := range settings.Organisation.Teams {
		s.teams[t.Name] = newGroup()
	}
	for _, t := range settings.Organisation.Trains {
		s.trains[t.Name] = newGroup()
		now, _ := t.Current(s.calendar.today)
		s.current[t.Name] = now.Name
	}
	for _, tie := range settings.Ties {
		s.ends[tie.From], s.ends[tie.To] = nil, nil
	}
	return s
}

// Add counts an item. Levels below a story count nowhere: they are parts of one.
func (s *Survey) Add(item *backlog.Surveyed, at Place) {
	if item.Level == backlog.Task || item.Level == "" || item.State.Category == backlog.Removed {
		return
	}
	e := s.read(item, at)
	site, ok := s.sites[item.Connection]
	if !ok {
		site = newGroup()
		s.sites[item.Connection] = site
	}
	for _, g := range []*group{s.teams[at.Team], s.trains[at.Train], site} {
		if g != nil {
			g.add(s, &e)
		}
	}
	site.attribute(&e)
	if team := s.teams[at.Team]; team != nil {
		s.addToTeam(team, &e)
	}
	switch item.Level {
	case backlog.Feature:
		s.addFeature(&e)
	case backlog.Story:
		s.addStory(&e)
	}
	if _, tied := s.ends[item.Number]; tied {
		s.ends[item.Number] = s.end(&e)
	}
}

// entry is an item as it is counted.
type entry struct {
	*backlog.Surveyed
	at      Place
	open    bool
	active  bool
	story   bool // on the story level
	ready   bool
	entered int64 // the day on which it came into its state; 0: not known
	since   string
	closed  int // days since it was done; -1: it is not, or it is not known
	points  float64
}

func (s *Survey) read(item *backlog.Surveyed, at Place) entry {
	e := entry{Surveyed: item, at: at, closed: -1}
	e.open = item.State.Category.NotDone()
	e.active = item.State.Category == backlog.InProgress
	e.story = item.Level == backlog.Story
	e.ready = e.open && !e.active && !item.Unready
	if item.Points != nil {
		e.points = *item.Points
	}
	since := item.State.Since
	if since.IsZero() && item.History != nil {
		since = item.History.StateSince
	}
	if !since.IsZero() {
		e.entered, e.since = s.calendar.number(since), s.calendar.day(since)
		if !e.open {
			e.closed = max(0, int(s.calendar.now-e.entered))
		}
	}
	return e
}
