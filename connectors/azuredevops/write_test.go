package azuredevops

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
)

func TestSteps(t *testing.T) {
	tracker := &Tracker{settings: Settings{URL: "https://dev.azure.com/shop"}.withDefaults(), markup: newMarkup()}
	change := backlog.Change{
		Intent: "i1", Item: backlog.ItemID{Site: "azuredevops:1", ID: "88"}, Project: backlog.ProjectID{ID: "p1"}, Base: "7",
		Present: []string{"Theme-Buying", "old"},
	}
	comment := func(id string) *backlog.CommentChange {
		return &backlog.CommentChange{ID: id, Markdown: "**gaps**", Marker: backlog.Marker{Owner: "us", Item: "88", Intent: "i1", Hash: "h1"}}
	}
	const html = "<p><strong>gaps</strong></p>\n<p><a href=\"https://github.com/trackwarden/trackwarden#tw=us/88/i1/h1\">About this comment</a></p>"
	for name, c := range map[string]struct {
		add, remove []string
		present     []string
		comment     *backlog.CommentChange
		want        []string // documents, or the comment's id
	}{
		"first write": {add: []string{"hygiene"}, comment: comment(""), want: []string{
			`[{"op":"test","path":"/rev","value":7},{"op":"replace","path":"/fields/System.Tags","value":"Theme-Buying; old; hygiene"},{"op":"add","path":"/fields/System.History","value":` + quoted(html) + `}]`}},
		"tags only":               {add: []string{"hygiene"}, want: []string{`[{"op":"test","path":"/rev","value":7},{"op":"replace","path":"/fields/System.Tags","value":"Theme-Buying; old; hygiene"}]`}},
		"first tag of all":        {add: []string{"hygiene"}, present: []string{}, want: []string{`[{"op":"test","path":"/rev","value":7},{"op":"add","path":"/fields/System.Tags","value":"hygiene"}]`}},
		"last tag taken":          {remove: []string{"OLD"}, present: []string{"old"}, want: []string{`[{"op":"test","path":"/rev","value":7},{"op":"replace","path":"/fields/System.Tags","value":""}]`}},
		"there in another casing": {add: []string{"theme-buying"}, want: nil},
		"comment only":            {comment: comment(""), want: []string{`[{"op":"test","path":"/rev","value":7},{"op":"add","path":"/fields/System.History","value":` + quoted(html) + `}]`}},
		"edit, tags first":        {remove: []string{"old"}, comment: comment("50"), want: []string{`[{"op":"test","path":"/rev","value":7},{"op":"replace","path":"/fields/System.Tags","value":"Theme-Buying"}]`, "50"}},
		"edit only":               {comment: comment("50"), want: []string{"50"}},
		"nothing":                 {want: nil},
	} {
		change := change
		change.AddLabels, change.RemoveLabels, change.Comment = c.add, c.remove, c.comment
		if c.present != nil {
			change.Present = c.present
		}
		var got []string
		for n, step := range tracker.Steps(change) {
			p, id, err := openStep(step)
			if err != nil || id != 88 || step.N != n || step.Intent != "i1" {
				t.Fatalf("%s: step %+v, error %v", name, step, err)
			}
			if p.Comment != "" {
				got = append(got, p.Comment)
				continue
			}
			encoded, err := json.Marshal(p.document())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, unescaped(encoded))
			if step.Labels != strings.Contains(got[len(got)-1], "System.Tags") || step.Comment != strings.Contains(got[len(got)-1], "System.History") {
				t.Errorf("%s: the step does not say what it carries: %+v", name, step)
			}
		}
		for i := range c.want {
			c.want[i] = unescaped([]byte(c.want[i]))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func quoted(s string) string {
	encoded, _ := json.Marshal(s)
	return string(encoded)
}

func unescaped(encoded []byte) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(encoded))
}

func TestSettings(t *testing.T) {
	for name, s := range map[string]Settings{
		"no address":       {},
		"not a web page":   {URL: "ftp://dev.azure.com/shop"},
		"help with anchor": {URL: "https://dev.azure.com/shop", HelpURL: "https://help.example#x"},
		"order":            {URL: "https://dev.azure.com/shop", Query: "[System.Id] > 1 order  by [System.Id]"},
	} {
		if _, err := New(s, stack(t, "http://127.0.0.1:1/x", token), nil); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	site := backlog.Site{ID: "azuredevops:1", Locators: Settings{URL: "https://dev.azure.com/shop"}.locators()}
	for address, want := range map[string]string{
		"https://dev.azure.com/shop/Retail%20Platform/_workitems/edit/88":                                    "88",
		"https://DEV.azure.com/Shop/_workitems/edit/88/":                                                     "88",
		"https://dev.azure.com/shop/Retail/_workitems/edit/88?triage=true":                                   "88",
		"https://dev.azure.com/shop/_apis/wit/workItems/88":                                                  "88",
		"https://dev.azure.com/shop/d5d6109b-64fa-4228-b754-825caceadf88/_apis/wit/workItems/88":             "88",
		"https://shop.visualstudio.com/Retail/_workitems/edit/88":                                            "88",
		"https://dev.azure.com/shop/Retail/_boards/board/t/Checkout/Stories/?workitem=88":                    "88",
		"https://dev.azure.com/shop/Retail/_backlogs/backlog/Checkout/Stories?showParents=true&workitem=881": "881",
		"https://dev.azure.com/shop2/_workitems/edit/88":                                                     "",
		"https://dev.azure.com/shop/Retail/_workitems/edit/88x":                                              "",
		"https://evil.example/https://dev.azure.com/shop/_workitems/edit/88":                                 "",
	} {
		ref, ok := site.Locate(address)
		if ok != (want != "") || ref.ID.ID != want {
			t.Errorf("%s: found %q, want %q", address, ref.ID.ID, want)
		}
	}
}
