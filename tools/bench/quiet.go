package main

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"time"
)

// knownWork does always the same, allocating and not, and tells the processor
// time it took. Where other programs run on the same cores this grows, and with
// it every figure in processor time: it tells two runs apart. 0 where nobody
// tells.
func knownWork() time.Duration {
	before, err := processorTime(os.Getpid())
	if err != nil {
		return 0
	}
	block := make([]byte, 1<<20)
	for range 200 {
		sum := sha256.Sum256(block)
		copy(block, sum[:])
	}
	for range 20_000 {
		var x map[string]any
		if err := json.Unmarshal([]byte(`{"key":"SHOP-1","labels":["a","b"],"fields":{"points":3,"text":"As a shopper"}}`), &x); err != nil {
			return 0
		}
	}
	after, err := processorTime(os.Getpid())
	if err != nil {
		return 0
	}
	return after - before
}
