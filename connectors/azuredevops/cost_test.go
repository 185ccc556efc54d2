package azuredevops

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
)

// typical is a story as people write them, with everything that the batch of
// work items says of one: three paragraphs and a list, criteria, two relations.
const typical = `{"id":88,"rev":7,"fields":{
"System.Id":88,"System.AreaId":61,"System.AreaPath":"Shop\\Checkout","System.TeamProject":"Shop","System.NodeName":"Checkout","System.AreaLevel1":"Shop","System.AreaLevel2":"Checkout",
"System.Rev":7,"System.AuthorizedDate":"2026-11-20T09:30:00.12Z","System.RevisedDate":"9999-01-01T00:00:00Z","System.IterationId":17,"System.IterationPath":"Shop\\PI 26.4\\Sprint 1",
"System.IterationLevel1":"Shop","System.IterationLevel2":"PI 26.4","System.IterationLevel3":"Sprint 1","System.WorkItemType":"User Story","System.State":"Active","System.Reason":"Implementation started",
"System.AssignedTo":{"displayName":"Olga Ordner","url":"https://spsprodeus27.vssps.visualstudio.com/_apis/Identities/9a1b","_links":{"avatar":{"href":"https://dev.azure.com/shop/_apis/GraphProfile/MemberAvatars/aad.M2Q"}},"id":"9a1b2c3d-0000-4000-8000-000000000001","uniqueName":"olga@shop.example","imageUrl":"https://dev.azure.com/shop/_apis/GraphProfile/MemberAvatars/aad.M2Q","descriptor":"aad.M2Q"},
"System.CreatedDate":"2026-09-01T08:00:00.123Z","System.CreatedBy":{"displayName":"Pat Planner","url":"https://spsprodeus27.vssps.visualstudio.com/_apis/Identities/9a1c","_links":{"avatar":{"href":"https://dev.azure.com/shop/_apis/GraphProfile/MemberAvatars/aad.M2R"}},"id":"9a1b2c3d-0000-4000-8000-000000000002","uniqueName":"pat@shop.example","imageUrl":"https://dev.azure.com/shop/_apis/GraphProfile/MemberAvatars/aad.M2R","descriptor":"aad.M2R"},
"System.ChangedDate":"2026-11-20T09:30:00.12Z","System.ChangedBy":{"displayName":"Pat Planner","id":"9a1b2c3d-0000-4000-8000-000000000002","uniqueName":"pat@shop.example","descriptor":"aad.M2R"},
"System.PersonId":12,"System.Watermark":4711,"System.CommentCount":3,"System.Title":"Pay with one click","System.BoardColumn":"Active","System.BoardColumnDone":false,
"Microsoft.VSTS.Common.StateChangeDate":"2026-11-02T10:00:00Z","Microsoft.VSTS.Common.ActivatedDate":"2026-11-02T10:00:00Z","Microsoft.VSTS.Common.Priority":2,"Microsoft.VSTS.Common.StackRank":1000063244.5,
"Microsoft.VSTS.Common.ValueArea":"Business","Microsoft.VSTS.Scheduling.StoryPoints":5.0,"System.Tags":"mobile; q4","System.Parent":9,
"System.Description":"<div>As a busy parent, I want to pay at once, so that I can go on with my day.</div><div><br></div><div>The <b>basket page</b> shows the button when a card is stored. The customer confirms with the <i>device's own means</i>, and nothing else is asked for.</div><div>What is out of scope: instalments, gift cards and invoices. See <a href=\"https://wiki.shop.example/pay\">the page of the product</a> for what was agreed with legal &amp; finance.</div><ul><li>works on phones</li><li>works on <b>tablets</b></li><li>keeps <code>POST /orders</code> as it is</li></ul>",
"Microsoft.VSTS.Common.AcceptanceCriteria":"<ul><li>The button is shown when a card is stored</li><li>The order is placed after one confirmation</li><li>A receipt is sent within a minute</li></ul>"},
"relations":[{"rel":"System.LinkTypes.Hierarchy-Reverse","url":"https://dev.azure.com/shop/0f1e/_apis/wit/workItems/9","attributes":{"isLocked":false,"name":"Parent"}},
{"rel":"System.LinkTypes.Dependency-Reverse","url":"https://dev.azure.com/shop/0f1e/_apis/wit/workItems/93","attributes":{"isLocked":false,"name":"Predecessor"}}],
"_links":{"self":{"href":"https://dev.azure.com/shop/0f1e/_apis/wit/workItems/88"},"workItemUpdates":{"href":"https://dev.azure.com/shop/0f1e/_apis/wit/workItems/88/updates"},"workItemRevisions":{"href":"https://dev.azure.com/shop/0f1e/_apis/wit/workItems/88/revisions"},"workItemComments":{"href":"https://dev.azure.com/shop/0f1e/_apis/wit/workItems/88/comments"},"html":{"href":"https://dev.azure.com/shop/web/wi.aspx?pcguid=1&id=88"},"workItemType":{"href":"https://dev.azure.com/shop/0f1e/_apis/wit/workItemTypes/User%20Story"},"fields":{"href":"https://dev.azure.com/shop/0f1e/_apis/wit/fields"}},
"url":"https://dev.azure.com/shop/0f1e/_apis/wit/workItems/88"}`

// From the bytes of one work item to the item.
func BenchmarkConvert(b *testing.B) {
	p := agile("Shop")
	r := testReader(p)
	b.ReportAllocs()
	for b.Loop() {
		w, err := parseItem(json.RawMessage(typical))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := r.item(w, p); err != nil {
			b.Fatal(err)
		}
	}
}

// Of it, the reading of JSON.
func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(typical)))
	for b.Loop() {
		if _, err := parseItem(json.RawMessage(typical)); err != nil {
			b.Fatal(err)
		}
	}
}

// Of it, both long texts, from HTML to Markdown.
func BenchmarkMarkdown(b *testing.B) {
	description, criteria := typicalTexts(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range []string{description, criteria} {
			fromHTML(text)
		}
	}
}

// Of it, what the house reads out of the texts.
func BenchmarkReadText(b *testing.B) {
	description, criteria := typicalTexts(b)
	description, _ = fromHTML(description)
	criteria, _ = fromHTML(criteria)
	b.ReportAllocs()
	for b.Loop() {
		backlog.ReadText(backlog.Sources{Title: "Pay with one click", Body: description, Criteria: criteria})
	}
}

func typicalTexts(b *testing.B) (description, criteria string) {
	w, err := parseItem(json.RawMessage(typical))
	if err != nil || !strings.Contains(w.text("System.Description"), "<ul>") {
		b.Fatal(err)
	}
	return w.text("System.Description"), w.text("Microsoft.VSTS.Common.AcceptanceCriteria")
}
