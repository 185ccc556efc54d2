package evaluate

import (
	"sync"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// place is where an item belongs in the organisation. Empty parts mean that
// the settings place it nowhere.
type place struct {
	connection  string
	team, train string
	increment   backlog.Increment
	theme       string
}

func (j *judge) place(item *backlog.Stored) place {
	org := &j.settings.Organisation
	p := place{connection: item.Connection, theme: org.ThemeOf(item.Connection, item.Item)}
	team := org.TeamOf(item.Connection, &item.Item)
	if team == nil {
		return p
	}
	p.team = team.Name
	if train, ok := org.TrainOf(*team); ok {
		p.train = train.Name
		p.increment, _ = train.IncrementOf(item.Connection, item.Item)
	}
	return p
}

// rules are those that hold for the policies of a level at one place.
type rules struct {
	of       []Rule // in the order of the level's policies
	settings engine.Settings
}

// ruleCache resolves rules once per place, not once per item.
type ruleCache struct {
	resolve func(policy engine.Policy, connection, train, team string) Rule
	byLevel map[backlog.Level][]engine.Policy
	known   sync.Map // ruleKey → *rules
}

type ruleKey struct {
	level                   backlog.Level
	connection, train, team string
}

func (c *ruleCache) at(level backlog.Level, at *place) *rules {
	key := ruleKey{level, at.connection, at.train, at.team}
	if known, ok := c.known.Load(key); ok {
		return known.(*rules)
	}
	r := &rules{}
	params := map[string]map[string]any{}
	for _, p := range c.byLevel[level] {
		rule := c.resolve(p, at.connection, at.train, at.team)
		r.of = append(r.of, rule)
		params[p.ID] = rule.Params
	}
	r.settings = engine.NewSettings(params)
	c.known.Store(key, r)
	return r
}
