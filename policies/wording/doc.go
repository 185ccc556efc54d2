// Package wording says how a user story is worded: which of its parts are
// there, what joins two wishes, what stands in brackets or behind the sentence,
// which words nobody can check, and how hard it is to read.
//
// What it knows of a language is data: en.yaml and de.yaml list the markers of
// the parts ("as a", "i want", "so that"), words that join, actions, generic
// roles, vague words and how syllables are counted. The code only walks once
// over the words of a sentence and looks each up in one table. A word list
// decides nothing about people and is right most of the time; docs/story-text.md
// says how often, measured on examples that were labelled before.
//
// A German action is not listed: it is a word in small letters that ends in -n
// at the end of its clause, because there is no end to composed verbs.
package wording
