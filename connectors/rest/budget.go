package rest

import "sync"

// budget bounds what retries add to a tracker's load when it is already in
// trouble: any number of requests may bring a tenth of it in retries, and
// never more than that and the reserve.
type budget struct {
	mu     sync.Mutex
	tokens float64
}

const (
	retryShare   = 0.1
	retryReserve = 10
)

func newBudget() *budget { return &budget{tokens: retryReserve} }

// earn is called once for each request that is no retry.
func (b *budget) earn() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tokens = min(b.tokens+retryShare, retryReserve)
}

// spend says whether one retry may be sent.
func (b *budget) spend() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
