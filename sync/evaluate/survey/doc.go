// Package survey counts items for the teams, trains, increments and connections
// that they belong to, so that policies can judge these.
//
// Nothing may walk over a backlog inside a policy. So the host walks over it,
// once: every item is added as it comes, and of it stay counts, the few that a
// bounded list has room for, by their number, and what other items may refer
// to: features, and the ends of dependencies. Texts do not stay, save for the
// hashes of their words, by which duplicates are found.
//
// When all items were added, Finish compares what lies across items, and Set
// tells what there is of one subject. Whoever asks loads the items that lists
// name, all at once.
package survey
