# How policies hold words against the lists in their settings: small and
# capital letters are the same.
package trackwarden.lib.words

# one is true when a text is one of a list.
one(text, list) if {
	some word in list
	lower(word) == lower(text)
}

# common is true when one of some texts is one of a list.
common(texts, list) if {
	some text in texts
	one(text, list)
}

# headings are those headings of the description that hold one of some words.
headings(list) := {heading |
	some heading in input.text.headings
	some word in list
	word != ""
	contains(lower(heading), lower(word))
}
