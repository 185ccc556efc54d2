package survey

import "github.com/trackwarden/trackwarden/backlog"

// Finish compares what lies across items. Nothing is added afterwards.
func (s *Survey) Finish() {
	s.settleCells()
	s.crossings()
}

// Subject is a team, train, increment or connection with where it belongs.
type Subject struct {
	backlog.Subject
	Title     string
	Team      backlog.Team
	Train     backlog.Train
	Increment backlog.Increment // of an increment
}

// IncrementID names an increment, of whatever train, as a subject.
func IncrementID(train, increment string) string { return train + "/" + increment }

// Subjects lists what is judged: teams, trains, the increments around today,
// and connections.
func (s *Survey) Subjects(connections []string) []Subject {
	var all []Subject
	for _, t := range s.Organisation.Teams {
		train, _ := s.Organisation.TrainOf(t)
		all = append(all, Subject{Subject: backlog.Subject{Kind: backlog.TeamSubject, ID: t.Name}, Title: t.Name, Team: t, Train: train})
	}
	for _, t := range s.Organisation.Trains {
		all = append(all, Subject{Subject: backlog.Subject{Kind: backlog.TrainSubject, ID: t.Name}, Title: t.Name, Train: t})
		for _, inc := range s.around(t) {
			if inc.Name != "" {
				all = append(all, Subject{
					Subject: backlog.Subject{Kind: backlog.IncrementSubject, ID: IncrementID(t.Name, inc.Name)},
					Title:   inc.Name, Train: t, Increment: inc,
				})
			}
		}
	}
	for _, c := range connections {
		all = append(all, Subject{Subject: backlog.Subject{Kind: backlog.ConnectionSubject, ID: c}, Title: c})
	}
	return all
}

// around are the increments before, at and after today; empty where there is
// none.
func (s *Survey) around(t backlog.Train) [3]backlog.Increment {
	current, next := t.Current(s.calendar.today)
	var previous backlog.Increment
	for _, inc := range t.Increments {
		if inc.End < s.calendar.today && inc.End > previous.End {
			previous = inc
		}
	}
	return [3]backlog.Increment{previous, current, next}
}

// Sources are the projects whose items were counted for a subject, and their
// types.
func (s *Survey) Sources(of Subject) (map[backlog.Source]bool, map[TypeKey]bool) {
	g := s.groupOf(of)
	if g == nil {
		return nil, nil
	}
	return g.sources, g.types
}

func (s *Survey) groupOf(of Subject) *group {
	switch of.Kind {
	case backlog.TeamSubject:
		return s.teams[of.ID]
	case backlog.ConnectionSubject:
		return s.sites[of.ID]
	}
	return s.trains[of.Train.Name]
}
