package trackwarden.feature_test

import data.trackwarden.feature
import data.trackwarden.lib.example_test as example

no_customer(changes) := found if {
	all := feature.violation with input as example.feature(object.union({"settings": {"feature/no-customer": {"headings": ["customer", "user", "persona", "audience", "who", "kunde", "kundin", "nutzer", "zielgruppe"]}}}, changes))
	found := example.said("feature/no-customer", all)
}

test_no_customer_persona if no_customer({"text": {"role": ""}}) == set()

test_no_customer_user_story if no_customer({"subject": {"persona": ""}}) == set()

test_no_customer_nobody if no_customer({"subject": {"persona": ""}, "text": {"role": ""}}) == {{
	"policy": "feature/no-customer",
	"evidence": {"customer": "none"},
	"message": "Neither a persona nor a part of the description says for whom it is.",
}}

test_no_customer_heading if no_customer({"subject": {"persona": ""}, "text": {"role": "", "headings": ["Who is the customer?"]}}) == set()

test_no_customer_enabler if no_customer({"subject": {"persona": "", "item_kind": "enabler"}, "text": {"role": ""}}) == set()

test_no_customer_done if no_customer({"subject": {"persona": ""}, "text": {"role": ""}, "facts": {"not_done": false}}) == set()

test_no_customer_cut if no_customer({"subject": {"persona": ""}, "text": {"role": "", "truncated": true}}) == set()
