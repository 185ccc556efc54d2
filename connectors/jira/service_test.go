package jira

import (
	"net/http"
	"strings"
	"testing"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// served is a tracker on a site whose project SHOP serves customers.
func served(t *testing.T) (*jirasim.World, *Tracker) {
	t.Helper()
	w, url := start(t, jirasim.Settings{})
	w.AddProject(jirasim.Project{Key: "SHOP", Kind: jirasim.ServiceProject})
	return w, connect(t, url, Settings{Projects: []string{"SHOP"}})
}

func rightsIn(t *testing.T, tracker *Tracker) (backlog.Rights, string) {
	t.Helper()
	site, err := tracker.Describe(t.Context())
	if err != nil || len(site.Rights) != 1 {
		t.Fatal(err, site.Rights)
	}
	return site.Rights[0], strings.Join(site.Problems, " ")
}

// say posts or edits our comment on SHOP-1.
func say(t *testing.T, tracker *Tracker, id string) backlog.Receipt {
	t.Helper()
	c := change()
	c.AddLabels, c.RemoveLabels = nil, nil
	c.Project, c.Comment.ID = backlog.ProjectID{ID: "10000"}, id
	steps := tracker.Steps(c)
	receipt, err := tracker.Send(t.Context(), steps[len(steps)-1])
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func TestU14CommentsOnServiceProjectsAreInternal(t *testing.T) {
	w, tracker := served(t)
	if r, problems := rightsIn(t, tracker); !r.Service || !r.Comment || strings.Contains(problems, "service project") {
		t.Fatalf("rights %+v, problems %s", r, problems)
	}
	receipt := say(t, tracker, "")
	if receipt.Outcome != backlog.Applied || receipt.Exposed {
		t.Errorf("posted: %+v", receipt)
	}
	if receipt = say(t, tracker, receipt.Comment); receipt.Outcome != backlog.Applied || receipt.Exposed {
		t.Errorf("edited: %+v", receipt)
	}
	if shown := w.Portal("SHOP-1"); len(shown) > 0 {
		t.Errorf("customers were shown %q", shown)
	}
	ours, err := tracker.Comments(t.Context(), backlog.ItemID{ID: "10001"})
	if err != nil || len(ours) != 1 || ours[0].Exposed {
		t.Errorf("our comments: %+v %v", ours, err)
	}
}

func TestU14WhoIsNoAgentDoesNotComment(t *testing.T) {
	w, tracker := served(t)
	w.Deny("SHOP", "SERVICEDESK_AGENT")
	if r, problems := rightsIn(t, tracker); r.Comment || !r.Edit || !strings.Contains(problems, "SHOP is a service project and our account is no agent there") {
		t.Errorf("rights %+v, problems %s", r, problems)
	}
	w, tracker = served(t)
	w.Faults().Add(answer("/permissions/check", http.StatusNotFound, `{}`))
	if r, _ := rightsIn(t, tracker); !r.Comment {
		t.Errorf("asked project by project: %+v", r)
	}
	unknown := answer("/mypermissions", http.StatusBadRequest, `{"errorMessages":[],"errors":{"SERVICEDESK_AGENT":"Unrecognized permission"}}`)
	unknown.Times = 1
	w.Faults().Add(unknown)
	if r, _ := rightsIn(t, tracker); r.Comment || !r.Edit {
		t.Errorf("a site that knows no agents: %+v", r)
	}
	w.Faults().Add(answer("permissions", http.StatusNotFound, `{}`))
	if r, _ := rightsIn(t, tracker); r.Comment || !r.Edit {
		t.Errorf("a site that does not tell: %+v", r)
	}
}

func TestU14AnAnswerThatSaysPublicIsNoticed(t *testing.T) {
	w, tracker := served(t)
	rightsIn(t, tracker)
	w.Heedless("SHOP")
	if receipt := say(t, tracker, ""); receipt.Outcome != backlog.Applied || !receipt.Exposed {
		t.Errorf("got %+v, want exposed", receipt)
	}
	ours, err := tracker.Comments(t.Context(), backlog.ItemID{ID: "10001"})
	if err != nil || len(ours) != 1 || !ours[0].Exposed {
		t.Errorf("our comments: %+v %v, want one that is exposed", ours, err)
	}
}

func TestU14ElsewhereEveryCommentCountsAsPublic(t *testing.T) {
	_, url := start(t, jirasim.Settings{})
	tracker := connect(t, url, Settings{Projects: []string{"SHOP"}})
	rightsIn(t, tracker)
	if receipt := say(t, tracker, ""); receipt.Outcome != backlog.Applied || receipt.Exposed {
		t.Errorf("got %+v", receipt)
	}
}
