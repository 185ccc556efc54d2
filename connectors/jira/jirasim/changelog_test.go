package jirasim

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// histories follows the pages of a bulk fetch; each entry is "issue from→to".
func (v *visitor) histories(ask object) (all []string, pages int) {
	v.Helper()
	for {
		a := v.do(200, "POST", "/rest/api/3/changelog/bulkfetch", ask)
		pages++
		for _, group := range a.body["issueChangeLogs"].([]any) {
			for _, entry := range group.(object)["changeHistories"].([]any) {
				items := entry.(object)["items"].([]any)
				item := items[len(items)-1].(object) // after the resolution
				all = append(all, fmt.Sprintf("%v %v→%v", group.(object)["issueId"], item["fromString"], item["toString"]))
			}
		}
		token, more := a.body["nextPageToken"]
		if !more {
			return all, pages
		}
		ask["nextPageToken"] = token
	}
}

func TestChangelogsInBulk(t *testing.T) {
	v := visit(t, func(s *Settings) { s.HistoryDates = DatesAsMilliseconds })
	for range 3 {
		v.add(object{"project": "SHOP", "status": "To Do"})
	}
	h := v.world.Human("")
	for _, edit := range []struct{ key, field, value string }{
		{"SHOP-2", "status", "In Progress"}, {"SHOP-1", "summary", "A"}, {"SHOP-1", "status", "Done"}, {"SHOP-2", "status", "Done"},
	} {
		v.clock.pass(time.Minute)
		must(t, h.SetField(edit.key, edit.field, edit.value))
	}
	must(t, h.SetField("SHOP-3", "status", "Done"), h.Hide("SHOP-3"))
	everyone := []string{"SHOP-1", "10002", "SHOP-1", "SHOP-3", "NO-7"}

	all, pages := v.histories(object{"issueIdsOrKeys": everyone, "maxResults": 3})
	want := []string{"10002 To Do→In Progress", "10001 <nil>→A", "10001 To Do→Done", "10002 In Progress→Done"}
	slices.Sort(all[:3]) // grouped by issue on each page
	slices.Sort(want[:3])
	if pages != 2 || !slices.Equal(all, want) {
		t.Errorf("%d pages: %q, want %q", pages, all, want)
	}
	if got, _ := v.histories(object{"issueIdsOrKeys": everyone, "fieldIds": []string{"summary"}}); !slices.Equal(got, []string{"10001 <nil>→A"}) {
		t.Errorf("of the summary: %q", got)
	}
	a := v.do(200, "POST", "/rest/api/3/changelog/bulkfetch", object{"issueIdsOrKeys": []string{"SHOP-2"}})
	first := a.body["issueChangeLogs"].([]any)[0].(object)["changeHistories"].([]any)[0].(object)
	if first["created"] != float64(tuesday.Add(time.Minute).UnixMilli()) {
		t.Errorf("created %v", first["created"])
	}
}

func TestChangelogsInBulkHaveLimits(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	for name, ask := range map[string]object{
		"no issue": {"issueIdsOrKeys": []string{}}, "too many issues": {"issueIdsOrKeys": make([]string, 1001)},
		"too many fields": {"issueIdsOrKeys": []string{"SHOP-1"}, "fieldIds": make([]string, 11)},
		"too large":       {"issueIdsOrKeys": []string{"SHOP-1"}, "maxResults": 10001}, "unknown": {"issueIdsOrKeys": []string{"SHOP-1"}, "startAt": 1},
	} {
		if a := v.do(400, "POST", "/rest/api/3/changelog/bulkfetch", ask); a.sentence() == "" {
			t.Errorf("%s: %s", name, a.raw)
		}
	}
}
