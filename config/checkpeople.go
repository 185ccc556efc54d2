package config

import "slices"

// organisation checks trains, teams, people, themes and personas.
func (k *check) organisation() {
	c := k.c
	k.unique("trains", c.trainNames())
	k.unique("teams", c.teamNames())
	k.unique("people", c.peopleNames())
	k.unique("themes", namesOf(c.Themes, func(t Theme) string { return t.Name }))
	k.unique("personas", namesOf(c.Personas, func(p Persona) string { return p.Name }))
	for i, t := range c.Trains {
		k.train(index("trains", i), t)
	}
	for i, t := range c.Teams {
		path := index("teams", i)
		k.refers(path+".train", "train", t.Train, c.trainNames())
		k.owner(path+".owner", t.Owner)
		k.matches(path+".match", t.Match)
	}
	for i, p := range c.People {
		for j, a := range p.Accounts {
			k.refers(index(index("people", i)+".accounts", j)+".connection", "connection", a.Connection, c.connectionNames())
		}
	}
	for i, t := range c.Themes {
		k.matches(index("themes", i)+".match", t.Match)
	}
}

func (c *Config) trainNames() []string {
	return namesOf(c.Trains, func(t Train) string { return t.Name })
}

func (c *Config) teamNames() []string { return namesOf(c.Teams, func(t Team) string { return t.Name }) }

func (c *Config) peopleNames() []string {
	return namesOf(c.People, func(p Person) string { return p.Name })
}

// owner must be one of the people, where people are listed at all: nobody else
// can be written to.
func (k *check) owner(path, name string) {
	if len(k.c.People) > 0 {
		k.refers(path, "person", name, k.c.peopleNames())
	}
}

func (k *check) train(path string, t Train) {
	people := k.c.peopleNames()
	for _, role := range []struct{ key, name string }{{".rte", t.RTE}, {".product_manager", t.ProductManager}} {
		if role.name != "" && len(people) > 0 && !slices.Contains(people, role.name) {
			k.warn(path+role.key, "%s: %q is not in people: add the name to get reports there", path+role.key, role.name)
		}
	}
	increments := path + ".increments"
	k.unique(increments, namesOf(t.Increments, func(i Increment) string { return i.Name }))
	for i, inc := range t.Increments {
		here := index(increments, i)
		k.matches(here+".match", inc.Match)
		if inc.Start >= inc.End && inc.Start != "" && inc.End != "" {
			k.problem(here+".start", "%s: start must be before end", here)
			continue
		}
		for _, other := range t.Increments[:i] {
			if inc.Start <= other.End && other.Start <= inc.End {
				k.problem(here+".start", "%s overlaps %q: an increment must end before the next one starts", here, other.Name)
			}
		}
	}
}

// matches refuses a condition that fits everything, and warns of one that fits
// nothing because the tracker has no such thing.
func (k *check) matches(path string, matches Matches) {
	for i, m := range matches {
		here := index(path, i)
		if m == (Match{}) {
			k.problem(here, "%s fits every item: name at least one of connection, project, component, label, area, iteration_path, fix_version, type", here)
		}
		k.refers(here+".connection", "connection", m.Connection, k.c.connectionNames())
		conn, _ := k.c.Connection(m.Connection)
		if conn.Kind == "jira" && m.Area != "" {
			k.warn(here+".area", "%s fits nothing: Jira has no area paths, use component or label", here)
		}
		if alien := m.Component + m.FixVersion; conn.Kind == "azuredevops" && alien != "" {
			k.warn(here, "%s fits nothing: Azure DevOps has no components and fix versions, use area, iteration_path or label", here)
		}
	}
}
