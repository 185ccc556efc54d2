package jirasim

import (
	"encoding/json"
	"fmt"
	"maps"
)

// announce sends an event about an issue to the webhooks that want it. The
// identifier stays the same however often it is sent.
func (w *World) announce(event string, i *issue, more object) {
	if !w.hooks.Wanted(event) {
		return
	}
	w.last.event++
	body := object{"timestamp": w.now().UnixMilli(), "webhookEvent": event}
	if i != nil {
		body["issue"] = w.reader().showIssue(i, i.now(), want{comments: maxEmbedded})
	}
	maps.Copy(body, more)
	raw, err := json.Marshal(body)
	if err != nil {
		return // wire values always marshal
	}
	w.hooks.Send(event, raw, map[string]string{
		"X-Atlassian-Webhook-Identifier": fmt.Sprintf("%s-event-%d", w.settings.SiteName, w.last.event),
		"User-Agent":                     "Atlassian Webhook HTTP Client",
	})
}

// tell announces what a commit has changed: a deletion, or what the changelog
// has got. What leaves no trace there is announced by nobody.
func (w *World) tell(i *issue) {
	entry := w.recorded
	w.recorded = nil
	user := func() object {
		if entry == nil {
			return w.reader().showUser(humanAccount)
		}
		return w.reader().showUser(text(entry["author"]))
	}
	switch {
	case i.now().gone:
		w.announce("jira:issue_deleted", i, object{"user": user()})
	case entry != nil:
		w.announce("jira:issue_updated", i, object{
			"issue_event_type_name": "issue_updated", "user": user(),
			"changelog": object{"id": entry["id"], "items": entry["items"]},
		})
	}
}

// tellComment announces a comment. A Data Center's event does not name the
// issue, but for the comment's address; a new comment changes the issue there.
func (w *World) tellComment(event string, i *issue, o object) {
	shown := w.reader().showComment(i, o, false)
	if !w.datacenter() {
		w.announce(event, i, object{"comment": shown})
		return
	}
	w.announce(event, nil, object{"comment": shown})
	if event == "comment_created" {
		w.announce("jira:issue_updated", i, object{
			"issue_event_type_name": "issue_commented", "user": shown["author"], "comment": shown,
		})
	}
}
