package trackwarden.lib.words_test

import data.trackwarden.lib.words

test_one if words.one("in review", ["Done", "In Review"])

test_not_one if not words.one("Review", ["In Review"])

test_none_of_nothing if not words.one("", [])

test_common if words.common(["app", "UX"], ["ux"])

test_nothing_common if not words.common(["app"], ["ux"])

headed_by(headings, list) if words.headed(list) with input as {"text": {"headings": headings}}

test_headed if headed_by(["Context", "Open QUESTIONS"], ["zu klären", "question"])

test_not_headed if not headed_by(["Context"], ["question"])

test_not_headed_without_headings if not headed_by([], ["question"])

# A word is looked for within one heading.
test_not_headed_across_two if not headed_by(["Open", "Question"], ["open question"])

test_headed_hostile if not headed_by(["(?:a+)+$ %s"], ["context"])
