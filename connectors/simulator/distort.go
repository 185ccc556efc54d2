package simulator

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
)

// distort changes an answer that was served as the rule says.
func (g *gate) distort(rule *Rule, r *http.Request, a *answer) {
	if rule.Repeat {
		g.repeat(r, a)
	}
	if rule.Keep > 0 || rule.SameToken {
		a.rewrite(func(o map[string]any) { keepRows(o, rule.Keep); g.sameToken(rule, r, o) })
	}
	for from, to := range rule.Swap {
		changed := bytes.ReplaceAll(a.body.Bytes(), []byte(from), []byte(to))
		a.body.Reset()
		a.body.Write(changed)
	}
	if rule.ClockOffset != 0 {
		a.Header().Set("Date", g.clock().Add(rule.ClockOffset).UTC().Format(http.TimeFormat))
	}
}

// repeat puts what was answered last on the path in place of the answer, which
// is kept for the next time only when there is no last one.
func (g *gate) repeat(r *http.Request, a *answer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.last == nil {
		g.last = map[string][]byte{}
	}
	if before, has := g.last[r.URL.Path]; has {
		a.body.Reset()
		a.body.Write(before)
		return
	}
	g.last[r.URL.Path] = bytes.Clone(a.body.Bytes())
}

// tokens are the members by which trackers name the next page.
func tokens() []string { return []string{"nextPageToken", "continuationToken"} }

// sameToken names the same next page for ever: that which the rule saw first.
func (g *gate) sameToken(rule *Rule, r *http.Request, o map[string]any) {
	if !rule.SameToken {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.token == nil {
		g.token = map[string]any{}
	}
	for _, name := range tokens() {
		at := r.URL.Path + " " + name
		if first, known := g.token[at]; known {
			o[name], o["isLast"] = first, false
			if _, says := o["isLastBatch"]; says {
				o["isLastBatch"] = false
			}
		} else if now, has := o[name]; has {
			g.token[at] = now
		}
	}
}

// rewrite changes an answer that is a JSON object; another stays as it is.
func (a *answer) rewrite(change func(map[string]any)) {
	var o map[string]any
	if json.Unmarshal(a.body.Bytes(), &o) != nil {
		return
	}
	change(o)
	a.body.Reset()
	a.body.Write(AppendJSON(nil, o))
}

// keepRows cuts the lists of an answer and leaves all else, as if the page were whole.
func keepRows(o map[string]any, n int) {
	for name, value := range o {
		if list, is := value.([]any); is && n > 0 && len(list) > n {
			o[name] = list[:n]
		}
	}
}

// flood answers with so many bytes, zipped with Bomb: far more than anybody
// should read.
func flood(rule *Rule, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	block := bytes.Repeat([]byte(" "), 64<<10)
	out, left := io.Writer(w), rule.Flood
	if rule.Bomb > 0 {
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		defer zip.Close() //nolint:errcheck // the client has gone
		out, left = zip, rule.Bomb
	}
	w.WriteHeader(http.StatusOK)
	for left > 0 && r.Context().Err() == nil {
		n, err := out.Write(block[:min(int64(len(block)), left)])
		if err != nil {
			return // the client has read enough
		}
		left -= int64(n)
	}
}
