package jirasim

import (
	"net/http"
	"strconv"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// reply is an answer before it is written. A nil body is none.
type reply struct {
	status int
	body   any
	header map[string]string
}

func ok(body any) reply { return reply{status: http.StatusOK, body: body} }

var noContent = reply{status: http.StatusNoContent}

// fault is an error as Jira words it: sentences, not tied to fields.
func fault(status int, sentences ...string) reply {
	return reply{status: status, body: object{"errorMessages": sentences, "errors": object{}}}
}

// fieldFault is an error tied to fields.
func fieldFault(errors map[string]string) reply {
	return reply{status: http.StatusBadRequest, body: object{"errorMessages": []string{}, "errors": errors}}
}

// noIssue is what Jira says of an issue that is not there or not for us.
func noIssue() reply {
	return fault(http.StatusNotFound, "Issue does not exist or you do not have permission to see it.")
}

func (r reply) write(w http.ResponseWriter) {
	for name, value := range r.header {
		w.Header().Set(name, value)
	}
	if r.body == nil {
		w.WriteHeader(r.status)
		return
	}
	if page, isText := r.body.(string); isText {
		w.WriteHeader(r.status)
		_, _ = w.Write([]byte(page)) // the client may have gone
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(r.status)
	_, _ = w.Write(append(simulator.AppendJSON(nil, r.body), '\n')) // the client may have gone
}

// window cuts a page out of a list by startAt and maxResults, and says what the
// page holds. A maxResults above the limit is lowered to it, as Jira does.
func window[T any](c *call, all []T, usual, limit int) (page []T, frame object) {
	start := max(0, intOr(c.query("startAt"), 0))
	size := min(max(0, intOr(c.query("maxResults"), usual)), limit)
	from := min(start, len(all))
	to := min(from+size, len(all))
	return all[from:to], object{"startAt": start, "maxResults": size, "total": len(all)}
}

// pageBean is a page in the form of Jira's PageBean: with values and isLast.
func pageBean[T any](c *call, all []T, usual, limit int, show func(T) object) object {
	part, frame := window(c, all, usual, limit)
	end := frame["startAt"].(int) + len(part)
	frame["isLast"] = end >= len(all)
	frame["values"] = shown(part, show)
	frame["self"] = c.settings.BaseURL + c.r.URL.RequestURI()
	if end < len(all) {
		next := c.r.URL.Query()
		next.Set("startAt", strconv.Itoa(end))
		frame["nextPage"] = c.settings.BaseURL + c.r.URL.Path + "?" + next.Encode()
	}
	return frame
}

// shown shows each of a list; an empty list is [], not null.
func shown[T any](all []T, show func(T) object) []object {
	list := make([]object, len(all))
	for i, one := range all {
		list[i] = show(one)
	}
	return list
}

func intOr(s string, usual int) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return usual
	}
	return n
}
