package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

reads_like_a_task(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/reads-like-a-task": {"verbs": ["refactor", "migrate", "upgrade", "update", "investigate", "analyse", "analyze", "fix", "cleanup", "document", "test", "refaktorieren", "migrieren", "aktualisieren", "untersuchen", "analysieren", "dokumentieren", "testen"]}}}, changes))
	found := example.said("feature/reads-like-a-task", all)
}

test_reads_like_a_task_outcome if reads_like_a_task({}) == set()

test_reads_like_a_task_task if reads_like_a_task({"subject": {"title": "Refactor the basket"}}) == {{
	"policy": "feature/reads-like-a-task",
	"evidence": {"verb": "refactor"},
	"message": "The title begins with \"refactor\": something to do, not something that people get.",
}}

test_reads_like_a_task_enabler if reads_like_a_task({"subject": {"title": "Refactor the basket", "item_kind": "enabler"}}) == set()

test_reads_like_a_task_longer_word if reads_like_a_task({"subject": {"title": "Updates by mail"}}) == set()

test_reads_like_a_task_done if reads_like_a_task({"subject": {"title": "Refactor the basket"}, "facts": {"not_done": false}}) == set()

test_reads_like_a_task_empty if reads_like_a_task({"subject": {"title": ""}}) == set()

test_reads_like_a_task_hostile if reads_like_a_task({"subject": {"title": "%s <script>@all\u0000"}}) == set()
