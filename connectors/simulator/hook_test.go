package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"
)

// listener takes deliveries and keeps what it got. It answers with the statuses
// in turn, 200 at their end.
type listener struct {
	mu       sync.Mutex
	statuses []int
	good     int // rightly signed and authorised
	ids      []string
}

func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	mac := hmac.New(sha256.New, []byte("secret"))
	mac.Write(body)
	_, password, _ := r.BasicAuth()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ids = append(l.ids, r.Header.Get("X-Id"))
	if r.Header.Get("X-Hub-Signature") == "sha256="+hex.EncodeToString(mac.Sum(nil)) && password == "word" {
		l.good++
	}
	if len(l.statuses) > 0 {
		w.WriteHeader(l.statuses[0])
		l.statuses = l.statuses[1:]
	}
}

func deliver(t *testing.T, fault HookFault, statuses ...int) (*listener, []Delivery) {
	t.Helper()
	l := &listener{statuses: statuses}
	address, stop, err := Serve("127.0.0.1:0", l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	var h Hooks
	if err := h.Register(Hook{URL: address, Secret: "secret", User: "u", Password: "word", Events: []string{"changed"}}); err != nil {
		t.Fatal(err)
	}
	h.Fault(fault)
	if h.Wanted("deleted") || !h.Wanted("changed") {
		t.Error("wants the wrong events")
	}
	h.Send("deleted", []byte("{}"), nil)
	h.Send("changed", []byte(`{"n":1}`), map[string]string{"X-Id": "a"})
	h.Wait()
	h.Close()
	h.Send("changed", []byte("{}"), nil)
	h.Wait()
	return l, h.Deliveries()
}

func TestDeliveriesAndTheirFaults(t *testing.T) {
	for name, tc := range map[string]struct {
		fault      HookFault
		statuses   []int
		sent, good int
	}{
		"as it should be": {sent: 1, good: 1},
		"lost":            {fault: HookFault{Lost: true}},
		"twice":           {fault: HookFault{Twice: true}, sent: 2, good: 2},
		"forged":          {fault: HookFault{Forged: true}, statuses: []int{401}, sent: 1},
		"late":            {fault: HookFault{Late: time.Millisecond}, sent: 1, good: 1},
		"of another":      {fault: HookFault{Event: "deleted", Lost: true}, sent: 1, good: 1},
		"not yet":         {fault: HookFault{From: 2, Lost: true}, sent: 1, good: 1},
		"not accepted":    {statuses: []int{500, 503}, sent: 3, good: 3},
	} {
		t.Run(name, func(t *testing.T) {
			l, sent := deliver(t, tc.fault, tc.statuses...)
			if len(l.ids) != tc.sent || l.good != tc.good || len(sent) == 0 {
				t.Errorf("%d sent, %d good of %v, want %d and %d", len(l.ids), l.good, sent, tc.sent, tc.good)
			}
			for _, id := range l.ids {
				if id != "a" {
					t.Errorf("identifier %q", id)
				}
			}
		})
	}
}

func TestHooksStayOnLoopback(t *testing.T) {
	var h Hooks
	if h.Register(Hook{URL: "https://example.com/hook"}) == nil {
		t.Error("registered a hook elsewhere")
	}
}
