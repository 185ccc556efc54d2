package config

import "github.com/trackwarden/trackwarden/backlog"

// Organisation is what the file says of the people around the backlogs, in the
// backlog's words.
func (c *Config) Organisation() backlog.Organisation {
	var org backlog.Organisation
	for _, t := range c.Trains {
		train := backlog.Train{Name: t.Name, RTE: t.RTE, ProductManager: t.ProductManager}
		for _, i := range t.Increments {
			train.Increments = append(train.Increments, backlog.Increment{Name: i.Name, Start: i.Start, End: i.End, PlanningEnds: i.PlanningEnds, Match: i.Match.eitherWay()})
		}
		org.Trains = append(org.Trains, train)
	}
	for _, t := range c.Teams {
		org.Teams = append(org.Teams, backlog.Team{Name: t.Name, Train: t.Train, Owner: t.Owner, Match: t.Match.backlog()})
	}
	for _, p := range c.People {
		member := backlog.Member{Name: p.Name, Email: p.Email}
		for _, a := range p.Accounts {
			member.Accounts = append(member.Accounts, backlog.Account{Connection: a.Connection, ID: a.ID})
		}
		org.People = append(org.People, member)
	}
	for _, t := range c.Themes {
		org.Themes = append(org.Themes, backlog.Theme{Name: t.Name, Match: t.Match.backlog()})
	}
	for _, p := range c.Personas {
		org.Personas = append(org.Personas, p.Name)
	}
	return org
}
