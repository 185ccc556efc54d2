package jirasim

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// The bounds of POST changelog/bulkfetch.
const (
	maxHistoryIssues = 1000
	maxHistoryFields = 10
	maxHistories     = 10000
	usualHistories   = 1000
)

// HistoryDates says how a bulk fetch of changelogs writes dates: the schema of
// the vendor's document says as text, its example as a number.
type HistoryDates string

// The ways of writing dates.
const (
	DatesAsText         HistoryDates = ""
	DatesAsMilliseconds HistoryDates = "milliseconds"
	DatesAsSeconds      HistoryDates = "seconds"
)

// bulkAsk is the body of a bulk fetch of changelogs.
type bulkAsk struct {
	FieldIDs       []string `json:"fieldIds"`
	IssueIDsOrKeys []string `json:"issueIdsOrKeys"`
	MaxResults     *int     `json:"maxResults"`
	NextPageToken  string   `json:"nextPageToken"`
}

func (a bulkAsk) wrong() *reply {
	switch {
	case len(a.IssueIDsOrKeys) == 0 || len(a.IssueIDsOrKeys) > maxHistoryIssues:
		return new(fault(http.StatusBadRequest, fmt.Sprintf("The number of issues must be between 1 and %d.", maxHistoryIssues)))
	case len(a.FieldIDs) > maxHistoryFields:
		return new(fault(http.StatusBadRequest, fmt.Sprintf("The number of field IDs must not exceed %d.", maxHistoryFields)))
	case a.MaxResults != nil && (*a.MaxResults < 1 || *a.MaxResults > maxHistories):
		return new(fault(http.StatusBadRequest, fmt.Sprintf("maxResults must be between 1 and %d.", maxHistories)))
	}
	return nil
}

// happened is one entry of a changelog and the issue it belongs to.
type happened struct {
	issue *issue
	entry object
	at    time.Time
}

func (h happened) compare(o happened) int {
	id := func(h happened) int { return intOr(text(h.entry["id"]), 0) }
	return cmp.Or(h.at.Compare(o.at), cmp.Compare(h.issue.num, o.issue.num), cmp.Compare(id(h), id(o)))
}

// bulkChangelogs answers POST changelog/bulkfetch: the changelogs of many
// issues, oldest first across them all, grouped by issue on each page. Issues
// that are missing or not for us are left out without a word.
func bulkChangelogs(c *call) reply {
	var a bulkAsk
	if wrong := c.decode(&a, true); wrong != nil {
		return *wrong
	}
	if wrong := a.wrong(); wrong != nil {
		return *wrong
	}
	all := c.happenings(a)
	from, valid := position(a.NextPageToken)
	if !valid || from > len(all) {
		return fault(http.StatusBadRequest, "The provided next page token is invalid.")
	}
	size := usualHistories
	if a.MaxResults != nil {
		size = *a.MaxResults
	}
	page := all[from:min(from+size, len(all))]
	answer := object{"issueChangeLogs": c.grouped(page)}
	if from+len(page) < len(all) {
		answer["nextPageToken"] = base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "history %d", from+len(page)))
	}
	return ok(answer)
}

// position reads a page token: how many entries came before.
func position(token string) (from int, valid bool) {
	if token == "" {
		return 0, true
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return 0, false
	}
	n, err := fmt.Sscanf(string(raw), "history %d", &from)
	return from, err == nil && n == 1 && from >= 0
}

// happenings gathers what the issues' changelogs hold of the fields asked for.
func (c *call) happenings(a bulkAsk) []happened {
	seen := map[*issue]bool{}
	var all []happened
	for _, id := range a.IssueIDsOrKeys {
		i := c.find(id)
		if !c.sees(i) || seen[i] {
			continue
		}
		seen[i] = true
		for _, entry := range i.history {
			if shown := c.filtered(entry, a.FieldIDs); shown != nil {
				at, _ := entry["created"].(time.Time)
				all = append(all, happened{i, shown, at})
			}
		}
	}
	slices.SortFunc(all, happened.compare)
	return all
}

// filtered is an entry with the items of the fields only; nil when none is left.
func (c *call) filtered(entry object, fields []string) object {
	shown := c.showHistory(entry)
	if at, is := entry["created"].(time.Time); is {
		switch c.settings.HistoryDates {
		case DatesAsMilliseconds:
			shown["created"] = at.UnixMilli()
		case DatesAsSeconds:
			shown["created"] = at.Unix()
		}
	}
	if len(fields) == 0 {
		return shown
	}
	items, _ := shown["items"].([]object)
	items = slices.DeleteFunc(slices.Clone(items), func(item object) bool { return !slices.Contains(fields, text(item["fieldId"])) })
	if len(items) == 0 {
		return nil
	}
	shown["items"] = items
	return shown
}

func (c *call) grouped(page []happened) []object {
	groups, at := []object{}, map[*issue]int{}
	for _, h := range page {
		place, known := at[h.issue]
		if !known {
			place = len(groups)
			at[h.issue] = place
			groups = append(groups, object{"issueId": h.issue.id, "changeHistories": []object{}})
		}
		groups[place]["changeHistories"] = append(groups[place]["changeHistories"].([]object), h.entry)
	}
	return groups
}
