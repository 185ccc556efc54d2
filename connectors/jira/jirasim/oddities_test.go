package jirasim

import (
	"slices"
	"testing"
	"time"
)

func TestSearchLagsWithOneIssue(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP"})
	v.add(object{"project": "SHOP"})
	h := v.world.Human("")
	must(t, h.Lag("SHOP-1", 90*time.Second))
	v.clock.pass(time.Hour)
	must(t, h.AddLabel("SHOP-1", "x"), h.AddLabel("SHOP-2", "x"))
	if got, _ := v.keys("labels = x", 50); !slices.Equal(got, []string{"SHOP-2"}) {
		t.Errorf("at once %v", got)
	}
	if labels := v.do(200, "GET", "/rest/api/2/issue/SHOP-1", nil).body["fields"].(object)["labels"]; len(labels.([]any)) != 1 {
		t.Error("a read by id lags")
	}
	v.clock.pass(90 * time.Second)
	if got, _ := v.keys("labels = x ORDER BY key", 50); !slices.Equal(got, []string{"SHOP-1", "SHOP-2"}) {
		t.Errorf("after the lag %v", got)
	}
}

func TestUpdatedGoesAnyWay(t *testing.T) {
	v := visit(t)
	key := v.add(object{"project": "SHOP"})
	for _, at := range []time.Time{tuesday.AddDate(-1, 0, 0), tuesday.AddDate(1, 0, 0)} {
		must(t, v.world.Human("").Redate(key, at))
		if got := v.world.Issue(key)["fields"].(object)["updated"]; got != at.Format(stamp) {
			t.Errorf("updated %v, want %v", got, at)
		}
	}
}

func TestAFieldLeavesOneProject(t *testing.T) {
	v := visit(t)
	risk := v.world.AddField(Field{Name: "Risk", Type: "number", Custom: NumberField})
	for _, p := range []string{"SHOP", "PAY"} {
		v.add(object{"project": p, risk: 3})
	}
	before := v.world.Issue("SHOP-1")["fields"].(object)["updated"]
	v.world.DropContext("SHOP", risk)
	shop, pay := v.world.Issue("SHOP-1")["fields"].(object), v.world.Issue("PAY-1")["fields"].(object)
	if _, has := shop[risk]; has || pay[risk] != 3.0 || shop["updated"] != before {
		t.Errorf("SHOP %v, PAY %v", shop[risk], pay[risk])
	}
}

func TestAKeyIsUsedAgain(t *testing.T) {
	v := visit(t)
	v.add(object{"project": "SHOP", "summary": "old"})
	must(t, v.world.Human("").Delete("SHOP-1"))
	v.world.AddIssue(object{"key": "SHOP-1", "fields": object{"summary": "new"}})
	a := v.do(200, "GET", "/rest/api/2/issue/SHOP-1", nil)
	if a.body["id"] == "10001" || a.body["fields"].(object)["summary"] != "new" {
		t.Errorf("%s", a.raw)
	}
	v.do(404, "GET", "/rest/api/2/issue/10001", nil)
}
