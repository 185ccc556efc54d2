package trackwarden.portfolio

# METADATA
# title: Title too long
# description: >-
#   An open epic whose title has more words than fit on a board.
# related_resources:
#   - https://framework.scaledagile.com/epic/
# custom:
#   why: >-
#     The title is what everybody reads in every list. One that has to be read twice is not read.
#   remedy: A few words that say what will be there.
#   example: |
#     "Enable returning customers of all markets to order without typing their card again" becomes "Order
#     without typing".
#   practice: protect
#   severity: info
#   bundles: [story-text]
#   params:
#     words: {default: 10, description: The most words of a title.}
violation contains {
	"policy": "portfolio/long-title",
	"evidence": {"title": "too long"},
	"message": sprintf("The title has %d words.", [portfolio_title_words]),
} if {
	input.facts.not_done == true
	portfolio_title_words > input.settings["portfolio/long-title"].words
}

portfolio_title_words := count([word | some word in split(input.subject.title, " "); word != ""])
