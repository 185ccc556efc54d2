package backlog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Plan is what would be written, and what is held back and why. It is data: it
// can be stored, compared and approved by its hash.
type Plan struct {
	// Looks are items of which nothing is planned before their comments were read.
	Looks   []Planned `json:"-"`
	Changes []Planned `json:"changes"`
	Held    []Held    `json:"held"`
}

// Planned is a change with what a person needs to see of it.
type Planned struct {
	Change
	Connection string   `json:"connection"`
	Title      string   `json:"title"`
	Team       string   `json:"-"` // that has the item; empty for none
	URL        string   `json:"url"`
	Why        []string `json:"why"` // one sentence per asking policy
	// Since is how long the oldest asking finding is open; zero for a cure.
	Since time.Time `json:"-"`
	// Look says that the item's comments have to be read before this can be
	// known to be all; React is what others did, which goes into the books.
	Look  bool     `json:"-"`
	React Reaction `json:"-"`
}

// Held is an item that has something to say and is not written on now.
type Held struct {
	Connection string `json:"connection"`
	Item       ItemID `json:"item"`
	Key        string `json:"key"`
	Reason     string `json:"reason"`
}

// Hash identifies the plan's content: the same changes have the same hash
// whenever and wherever they are planned.
func (p Plan) Hash() string {
	h := sha256.New()
	encoder := json.NewEncoder(h)
	for _, c := range p.Changes {
		c.Intent, c.Charges, c.Term = "", nil, 0
		_ = encoder.Encode(c.Change) // a hash takes every write
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
