package evaluate

import "github.com/trackwarden/trackwarden/backlog"

// place is where an item belongs in the organisation. Empty parts mean that
// the settings place it nowhere.
type place struct {
	connection string
	team       backlog.Team
	train      backlog.Train
	increment  backlog.Increment
	theme      string
}

func (j *judge) place(item backlog.Stored) place {
	org := j.settings.Organisation
	p := place{connection: item.Connection, theme: org.ThemeOf(item.Connection, item.Item)}
	teams := org.TeamsOf(item.Connection, item.Item)
	if len(teams) == 0 {
		return p
	}
	p.team = teams[0]
	if train, ok := org.TrainOf(p.team); ok {
		p.train = train
		p.increment, _ = train.IncrementOf(item.Connection, item.Item)
	}
	return p
}
