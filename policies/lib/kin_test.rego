package trackwarden.lib.kin_test

import data.trackwarden.lib.example_test as example
import data.trackwarden.lib.kin

child(key, category) := object.union(example.summary, {"key": key, "state": {"category": category}})

test_open_children if {
	found := kin.open with input as {"children": [child("A", "done"), child("B", "todo"), child("C", "removed"), child("D", "in_progress")]}
	kin.keys(found) == ["B", "D"]
}

test_blockers_are_open_and_known if {
	found := kin.blockers with input as {"links": [
		{"type": "blocks", "direction": "inward", "item": child("A", "todo")},
		{"type": "blocks", "direction": "inward", "item": child("B", "done")},
		{"type": "blocks", "direction": "outward", "item": child("C", "todo")},
		{"type": "relates", "direction": "inward", "item": child("D", "todo")},
		{"type": "blocks", "direction": "inward", "item": null},
	]}
	kin.keys(found) == ["A"]
}

test_named_one if kin.named(["A"]) == "A"

test_named_more if kin.named(["A", "B", "C"]) == "A, B and C"

test_counted if kin.counted([child("A", "todo")]) == "1 Story"

test_counted_more if kin.counted([child("A", "todo"), child("B", "todo")]) == "2 items"

test_keys_of_very_many if {
	count(kin.keys([child(sprintf("A-%d", [n]), "todo") | some n in numbers.range(1, 30)])) == 20
}
