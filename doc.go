// Package trackwarden is the root of the module and holds no code. README.md
// says what Trackwarden is, docs/architecture.md where everything stands; the
// tests beside this file hold the rules of the house.
package trackwarden

//go:generate sh -c "go run ./cmd/trackwarden config schema > config/schema.json.new && mv config/schema.json.new config/schema.json"
