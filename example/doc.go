// Package example is a small release train to try Trackwarden on: a retailer
// that improves mobile shopping.
//
// Three teams, two on Jira and one on Azure Boards, break down three features:
// Smarter search, One-click checkout, Better product recommendations. Some
// dependencies and one parent cross the trackers. Planted among the items is
// each defect that the built-in policies look for; items.go names them where
// they are, so that a test can tell that exactly those are found.
//
// All dates hang on the day on which the example is built, so that it looks
// the same on any day.
package example
