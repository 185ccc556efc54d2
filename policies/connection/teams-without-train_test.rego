package trackwarden.connection_test

import data.trackwarden.connection
import data.trackwarden.lib.example_set_test as sets
import data.trackwarden.lib.example_test as example

teams_without_train(set) := teams_without_train_with(set, {"settings": {"connection/teams-without-train": {"percent": 80}}})

teams_without_train_with(set, changes) := found if {
	all := connection.violation with input as sets.connection(set, changes)
	found := example.said("connection/teams-without-train", all)
}

test_teams_without_train_healthy if teams_without_train({}) == set()

test_teams_without_train_gaps if teams_without_train({"connection": {"train_share": 0.5}}) == {{
	"policy": "connection/teams-without-train",
	"evidence": {"train": "gaps"},
	"message": "50 % of the open items belong to a team of a train.",
}}

test_teams_without_train_at_the_limit if teams_without_train({"connection": {"train_share": 0.8}}) == set()

# Whoever has no trains does not want to hear of them.
test_teams_without_train_no_trains if teams_without_train({"connection": {"train_share": 0}}) == set()

test_teams_without_train_own if count(teams_without_train_with({"connection": {"train_share": 0.9}}, {"settings": {"connection/teams-without-train": {"percent": 95}}})) == 1
