package simulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"time"
)

// Hook is a webhook that somebody has registered with a simulator.
type Hook struct {
	URL            string
	Secret         string   // signs the raw body: X-Hub-Signature: sha256=…; empty signs nothing
	User, Password string   // Basic credentials that are sent along; both empty sends none
	Events         []string // those wanted; none is all
}

// HookFault is what goes wrong with the deliveries of an event.
type HookFault struct {
	Event string // "" is any
	From  int    // first matching delivery that counts, from 1; 0 is 1
	Times int    // how often it acts; 0 is for ever

	Lost   bool          // never sent
	Twice  bool          // sent again right away, with the same identifier
	Forged bool          // signed and authorised by somebody who does not know the secret
	Late   time.Duration // sent so much later
}

// armedFault is a fault with what it has met so far.
type armedFault struct {
	HookFault
	hits, acted int
}

// pickFault is the fault that acts on a delivery, or none.
func pickFault(faults []*armedFault, event string) HookFault {
	for _, f := range faults {
		if f.Event != "" && f.Event != event {
			continue
		}
		f.hits++
		if f.hits >= f.From && (f.Times == 0 || f.acted < f.Times) {
			f.acted++
			return f.HookFault
		}
	}
	return HookFault{}
}

func (h Hook) wants(event string) bool {
	return len(h.Events) == 0 || slices.Contains(h.Events, event)
}

// authorise puts the signature and the credentials on a delivery; a forger has
// neither right.
func (h Hook) authorise(r *http.Request, body []byte, forged bool) {
	secret, password := h.Secret, h.Password
	if forged {
		secret, password = "not "+secret, "not "+password
	}
	if h.Secret != "" {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(body)
		r.Header.Set("X-Hub-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	}
	if h.User+h.Password != "" {
		r.SetBasicAuth(h.User, password)
	}
}
