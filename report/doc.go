// Package report says how the backlogs stand in one week: a score with its
// definition, what is new, fixed and ageing, what to do first, which
// exemptions hold, and how far the data behind every number can be trusted.
//
// A Report is data and is built from the store alone; Markdown, HTML and JSON
// show the same Report. No number is ever counted per person, and teams are
// not ranked.
package report
