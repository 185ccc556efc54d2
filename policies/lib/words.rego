# How policies hold words against the lists in their settings: small and
# capital letters are the same.
package trackwarden.lib.words

# one is true when a text is one of a list.
one(text, list) if {
	small := lower(text)
	some word in list
	lower(word) == small
}

# common is true when one of some texts is one of a list.
common(texts, list) if {
	some text in texts
	one(text, list)
}

# headed is true when a heading of the description holds one of some words in
# small letters.
headed(list) if {
	some word in list
	contains(all_headings, word)
}

all_headings := lower(concat("\n", input.text.headings))
