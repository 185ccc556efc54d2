package config

import (
	"encoding/json"
	"time"
)

// policies checks the settings and exemptions. Whether a policy exists is for
// those to say who have read them.
func (k *check) policies() {
	p := k.c.Policies
	for i, id := range p.Writing.List {
		if !policyID.MatchString(id) {
			path := index("policies.writing", i)
			k.problem(path, "%s %s", path, ruleTexts["policy"])
		}
	}
	for i, s := range p.Settings {
		path := index("policies.settings", i)
		k.part(path, s.Connection, s.Train, s.Team)
		if (s.Policy == "") == (s.Bundle == "") {
			k.problem(path, "%s must name a policy such as story/too-big, or a bundle such as strict, and not both", path)
		}
		if _, err := json.Marshal(s.Params); err != nil {
			k.problem(path+".params", "%s.params holds a value that JSON cannot express: use texts, numbers, lists, true and false", path)
		}
	}
	seen := map[Exemption]bool{}
	for i, x := range p.Exemptions {
		path := index("policies.exemptions", i)
		k.part(path, x.Connection, x.Train, x.Team)
		k.owner(path+".owner", x.Owner)
		switch what := (Exemption{Policy: x.Policy, Connection: x.Connection, Item: x.Item, Train: x.Train, Team: x.Team}); {
		case x.Connection == "" && x.Item == "" && x.Train == "" && x.Team == "":
			k.problem(path, "%s exempts everything: name an item, a team, a train or a connection, or switch the policy off under settings", path)
		case x.Item != "" && x.Connection == "":
			k.problem(path, "%s: name the connection of item %s: two trackers may both have it", path, x.Item)
		case seen[what]:
			k.problem(path, "%s repeats an earlier exemption: keep one of them", path)
		default:
			seen[what] = true
		}
	}
}

// part checks for which part of the organisation an entry is meant.
func (k *check) part(path, connection, train, team string) {
	k.refers(path+".connection", "connection", connection, k.c.connectionNames())
	k.refers(path+".train", "train", train, k.c.trainNames())
	k.refers(path+".team", "team", team, k.c.teamNames())
}

const leastPoll = Duration(time.Second)

func (k *check) schedule(known Problems) {
	if k.c.Schedule.Poll < leastPoll && !known.at(k.at("schedule.poll").Line) {
		k.problem("schedule.poll", "schedule.poll must be at least %s", leastPoll)
	}
}
