package simulator

import (
	"context"
	"net"
	"net/http"
	"time"
)

// drip is the pause between two bytes of a dripping answer.
const drip = 50 * time.Millisecond

// act lets a rule act on a request.
func (g *gate) act(rule *Rule, w http.ResponseWriter, r *http.Request, page *page) {
	if rule.Do != nil {
		rule.Do()
	}
	if rule.Delay > 0 && !pause(r.Context(), rule.Delay) {
		return // the client gave up: nothing is applied
	}
	switch {
	case rule.CutBefore:
		reset(w)
	case rule.LateApply > 0:
		late := r.WithContext(context.WithoutCancel(r.Context()))
		time.AfterFunc(rule.LateApply, func() { g.serve(late, page) })
		reset(w)
	case rule.CutAfter:
		g.serve(r, page)
		reset(w)
	case rule.Flood > 0, rule.Bomb > 0:
		flood(rule, w, r)
	default:
		a := g.answerBy(rule, r, page)
		a.sendBy(rule, w, r)
	}
}

// answerBy is the rule's own answer, or the simulator's with the rule's headers.
func (g *gate) answerBy(rule *Rule, r *http.Request, page *page) *answer {
	var a *answer
	if rule.Status == 0 || rule.Served {
		a = g.serve(r, page)
		g.distort(rule, r, a)
	}
	if rule.Status != 0 {
		a = newAnswer()
		a.Header().Set("Date", g.clock().UTC().Format(http.TimeFormat))
		a.status = rule.Status
		a.body.WriteString(rule.Body)
		page.write(func(e *Entry) { e.Status = rule.Status })
	}
	for name, value := range rule.Header {
		a.Header().Set(name, value)
	}
	if rule.ContentType != "" {
		a.Header().Set("Content-Type", rule.ContentType)
	}
	return a
}

// pause waits, not at all without a time, and says whether anybody is still
// interested.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// reset closes the connection so that the client sees it break (RST), not end.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // no connection to take over: net/http closes it
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // without it the client sees an orderly end
	}
	_ = conn.Close() // it is meant to break
}
