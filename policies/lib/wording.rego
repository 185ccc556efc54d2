# How policies put the words of a user story into a sentence, and how a team
# changes the word lists.
package trackwarden.lib.wording

import data.trackwarden.lib.say
import data.trackwarden.lib.words

# let_be are words that were found, without those that a team lets be.
let_be(found, ignored) := [word | some word in found; not words.one(word, ignored)]

# own are those words of a team that a text holds as whole words.
own(text, list) := [word |
	some word in list
	word != ""
	contains(plain(text), sprintf(" %s ", [lower(word)]))
]

# plain is a text in small letters with a space around every word.
plain(text) := sprintf(" %s ", [concat(" ", regex.find_n(`[\p{L}\p{N}&'-]+`, lower(text), 2000))])

# quoted writes words as "a", "b" and "c".
quoted(list) := sprintf("%q", [list[0]]) if count(list) == 1

quoted(list) := say.list([sprintf("%q", [word]) | some word in list]) if count(list) > 1
