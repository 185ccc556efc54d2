package azuredevops

import (
	"log/slog"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/rest"
	"github.com/trackwarden/trackwarden/connectors/simulator/openapi"
)

const (
	hierarchyUp  = "System.LinkTypes.Hierarchy-Reverse"
	dependsOn    = "System.LinkTypes.Dependency-Reverse"
	description  = "System.Description"
	instance     = "11111111-2222-4333-8444-555555555555"
	testSite     = backlog.SiteID("azuredevops:" + instance)
	seededItems  = 7 // by start, with the ids 1 to 7
	testInterval = time.Millisecond
	token        = "canary-token-of-the-tests"
)

// today is the tracker's clock when a test begins; it then goes on with ours.
var today = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// start serves an organisation with two projects. "Platform" is in the scope
// of connect; its stories 1 to 5 are plain, 6 is a feature and 7 a story that
// has everything.
func start(t *testing.T, s azuresim.Settings) (*azuresim.World, string) {
	t.Helper()
	begun := time.Now()
	s.InstanceID = instance
	if s.Clock == nil {
		s.Clock = func() time.Time { return today.Add(time.Since(begun)) }
	}
	if s.Watch == nil && s.Edition == azuresim.Services {
		s.Watch = openapi.AzureServices(t)
	} else if s.Watch == nil {
		s.Watch = openapi.AzureServer(t, s.Path)
	}
	w := azuresim.New(s)
	for _, p := range []azuresim.Project{
		{
			Name: "Platform", Process: "Agile", Areas: []string{`Checkout`},
			Iterations: []azuresim.Iteration{{Path: `PI 26.4\Sprint 3`, Start: today.AddDate(0, 0, -7), Finish: today.AddDate(0, 0, 6)}},
		},
		{Name: "Elsewhere", Process: "Scrum"},
	} {
		if err := w.AddProject(p); err != nil {
			t.Fatal(err)
		}
	}
	seed(w)
	url, stop, err := w.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return w, url
}

func seed(w *azuresim.World) {
	add := func(fields map[string]any) int {
		fields["System.TeamProject"] = "Platform"
		fields["System.CreatedDate"], fields["System.ChangedDate"] = "2026-11-02T08:00:00Z", "2026-11-20T08:00:00Z"
		return w.AddWorkItem(map[string]any{"fields": fields})
	}
	for _, title := range []string{"Search by photo", "Search by voice", "Sort by price", "Filter by size", "Remember filters"} {
		add(map[string]any{"System.WorkItemType": "User Story", "System.Title": title})
	}
	add(map[string]any{"System.WorkItemType": "Feature", "System.Title": "One-click checkout"})
	w.AddWorkItem(map[string]any{
		"multilineFieldsFormat": map[string]any{"Microsoft.VSTS.Common.AcceptanceCriteria": "markdown"},
		"fields": map[string]any{
			"System.TeamProject": "Platform", "System.WorkItemType": "User Story", "System.Title": "Pay with a stored card",
			"System.CreatedDate": "2026-11-02T08:00:00Z", "System.ChangedDate": "2026-11-20T08:00:00Z", "System.State": "Active",
			"Microsoft.VSTS.Common.StateChangeDate": "2026-11-10T08:00:00Z", "System.AreaPath": `Platform\Checkout`,
			"System.IterationPath": `Platform\PI 26.4\Sprint 3`, "System.AssignedTo": "Olga <olga@shop.example>", "System.Tags": "payments; Theme-Buying",
			description: "<div>As a <b>busy parent</b>, I want to pay with a stored card so that I am done quickly.</div><div><ul><li>keep <code>GET /cards</code></li></ul></div>",
			"Microsoft.VSTS.Common.AcceptanceCriteria": "- The card is remembered\n- The card can be removed", "Microsoft.VSTS.Scheduling.StoryPoints": 5.0,
		},
		"relations": []any{
			map[string]any{"rel": hierarchyUp, "url": "https://dev.azure.com/fabrikam/_apis/wit/workItems/6"},
			map[string]any{"rel": dependsOn, "url": "https://dev.azure.com/fabrikam/_apis/wit/workItems/1"},
			map[string]any{"rel": "Hyperlink", "url": "https://shop.atlassian.net/browse/SHOP-7", "attributes": map[string]any{"comment": "blocks SHOP-7"}},
		},
	})
}

// connect opens a tracker that reads Platform, two work items a page.
func connect(t *testing.T, url string, s Settings) *Tracker {
	t.Helper()
	s.Connection, s.URL = "platform", url
	if s.Projects == nil { // an empty list means all
		s.Projects = []string{"Platform"}
	}
	if s.BatchSize == 0 {
		s.BatchSize = 2
	}
	if s.RangeSize == 0 {
		s.RangeSize = 3
	}
	tracker, err := New(s, stack(t, url, token), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return tracker
}

// stack is the HTTP stack as the program builds it, only less patient.
func stack(t *testing.T, base, secret string) *rest.Client {
	t.Helper()
	client, err := rest.New(rest.Settings{
		BaseURL: base, BasicPAT: true, Token: func() (string, error) { return secret, nil },
		Rate: 10000, Burst: 1000, Timeout: 5 * time.Second, Retries: 2, MinBackoff: testInterval, MaxWait: 2 * time.Second,
		ReadPOST: ReadPOST(), Verify: Verify,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// round reads every sweep since a mark to its end.
func round(t *testing.T, tracker *Tracker, since backlog.Mark) (all backlog.Page, err error) {
	t.Helper()
	sweeps, err := tracker.Sweeps(t.Context(), since)
	if err != nil {
		return all, err
	}
	all.Mark = backlog.Mark{}
	for stream, value := range since {
		all.Mark[stream] = value
	}
	for _, sweep := range sweeps {
		for page, err := range tracker.Read(t.Context(), sweep) {
			if err != nil {
				return all, err
			}
			all.Items, all.Broken, all.Gone = append(all.Items, page.Items...), append(all.Broken, page.Broken...), append(all.Gone, page.Gone...)
			for stream, value := range page.Mark {
				all.Mark[stream] = value
			}
		}
	}
	return all, nil
}

// must ends the test when a move of a person or of the test failed.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
