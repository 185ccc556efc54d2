package azuresim

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/core"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/location"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/webapi"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/work"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"
)

// signed puts the credentials on every request, as the vendor's client wants it
// where tokens rotate.
type signed struct{ pat string }

func (s signed) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.SetBasicAuth("", s.pat)
	return http.DefaultTransport.RoundTrip(r)
}

func vendor(s *site, pat string) *azuredevops.Client {
	connection := &azuredevops.Connection{SuppressFedAuthRedirect: true}
	return azuredevops.NewClientWithOptions(connection, s.url, azuredevops.WithHTTPClient(&http.Client{Transport: signed{pat}}))
}

// The vendor's own client finds its way: locations, versions, shapes.
func TestVendorClientReads(t *testing.T) {
	s, ctx := serve(t), context.Background()
	client := vendor(s, "secret")
	data, err := (&location.ClientImpl{Client: *client}).GetConnectionData(ctx, location.GetConnectionDataArgs{})
	must(t, err)
	projects, err := (&core.ClientImpl{Client: *client}).GetProjects(ctx, core.GetProjectsArgs{})
	must(t, err)
	config, err := (&work.ClientImpl{Client: *client}).GetBacklogConfigurations(ctx, work.GetBacklogConfigurationsArgs{Project: ptr("Shop")})
	must(t, err)
	if got := *(*config.PortfolioBacklogs)[1].Name; got != "Capabilities" {
		t.Errorf("the second backlog is %s", got)
	}
	if data.InstanceId == nil || len(projects.Value) != 1 || *projects.Value[0].Name != "Shop" {
		t.Errorf("connection %v, projects %v", data, projects)
	}
	wit := &workitemtracking.ClientImpl{Client: *client}
	types, err := wit.GetWorkItemTypes(ctx, workitemtracking.GetWorkItemTypesArgs{Project: ptr("Shop")})
	must(t, err)
	fields, err := wit.GetWorkItemFields(ctx, workitemtracking.GetWorkItemFieldsArgs{})
	must(t, err)
	found, err := wit.QueryByWiql(ctx, workitemtracking.QueryByWiqlArgs{Wiql: &workitemtracking.Wiql{
		Query: ptr("SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 2 ORDER BY [System.Id]")}, Top: ptr(1)})
	must(t, err)
	if len(*types) != 7 || len(*fields) < 50 || len(*found.WorkItems) != 1 || *(*found.WorkItems)[0].Id != 3 {
		t.Errorf("%d types, %d fields, found %v", len(*types), len(*fields), *found.WorkItems)
	}
	must(t, s.Delete(3))
	batch, err := wit.GetWorkItemsBatch(ctx, workitemtracking.GetWorkItemsBatchArgs{WorkItemGetRequest: &workitemtracking.WorkItemBatchGetRequest{
		Ids: &[]int{3, 4}, ErrorPolicy: &workitemtracking.WorkItemErrorPolicyValues.Omit, Expand: &workitemtracking.WorkItemExpandValues.All}})
	must(t, err)
	if len(*batch) != 2 || (*batch)[0].Id != nil || *(*batch)[1].Id != 4 || len(*(*batch)[1].Relations) != 1 {
		t.Errorf("the batch is %v", *batch)
	}
}

func TestVendorClientWrites(t *testing.T) {
	s, ctx := serve(t), context.Background()
	wit := &workitemtracking.ClientImpl{Client: *vendor(s, "secret")}
	patch := func(rev int) (*workitemtracking.WorkItem, error) {
		return wit.UpdateWorkItem(ctx, workitemtracking.UpdateWorkItemArgs{Id: ptr(4), Document: &[]webapi.JsonPatchOperation{
			{Op: &webapi.OperationValues.Test, Path: ptr("/rev"), Value: rev},
			{Op: &webapi.OperationValues.Add, Path: ptr("/fields/System.History"), Value: "Two gaps"},
		}})
	}
	changed, err := patch(1)
	must(t, err)
	if *changed.Rev != 2 || changed.CommentVersionRef == nil || *changed.CommentVersionRef.CommentId != 1 {
		t.Errorf("changed: %+v", changed)
	}
	_, err = patch(1)
	var refusal azuredevops.WrappedError
	if !errors.As(err, &refusal) || *refusal.StatusCode != http.StatusPreconditionFailed || *refusal.TypeKey != "TestPatchOperationFailedException" {
		t.Errorf("a stale revision: %v", err)
	}
	comments, err := wit.GetComments(ctx, workitemtracking.GetCommentsArgs{Project: ptr("Shop"), WorkItemId: ptr(4)})
	must(t, err)
	edited, err := wit.UpdateComment(ctx, workitemtracking.UpdateCommentArgs{Project: ptr("Shop"), WorkItemId: ptr(4), CommentId: (*comments.Comments)[0].Id,
		Request: &workitemtracking.CommentUpdate{Text: ptr("One gap left")}})
	must(t, err)
	if *comments.TotalCount != 1 || *edited.Text != "One gap left" || *edited.Version != 2 {
		t.Errorf("comments %+v, edited %+v", comments, edited)
	}
}

func TestVendorClientFollowsFeeds(t *testing.T) {
	s, ctx := serve(t), context.Background()
	wit := &workitemtracking.ClientImpl{Client: *vendor(s, "secret")}
	revisions, err := wit.ReadReportingRevisionsGet(ctx, workitemtracking.ReadReportingRevisionsGetArgs{IncludeLatestOnly: ptr(true)})
	must(t, err)
	links, err := wit.GetReportingLinksByLinkType(ctx, workitemtracking.GetReportingLinksByLinkTypeArgs{})
	must(t, err)
	if len(*revisions.Values) != 4 || !*revisions.IsLastBatch || len(*links.Values) != 3 {
		t.Errorf("revisions %v, links %v", *revisions.Values, *links.Values)
	}
	must(t, s.SetField(3, "System.Title", "Edited"))
	revisions, err = wit.ReadReportingRevisionsGet(ctx, workitemtracking.ReadReportingRevisionsGetArgs{ContinuationToken: revisions.ContinuationToken})
	must(t, err)
	links, err = wit.GetReportingLinksByLinkType(ctx, workitemtracking.GetReportingLinksByLinkTypeArgs{ContinuationToken: links.ContinuationToken})
	must(t, err)
	if len(*revisions.Values) != 1 || len(*links.Values) != 0 {
		t.Errorf("after an edit: revisions %v, links %v", *revisions.Values, *links.Values)
	}
}

// A refused token reaches the vendor's caller as unreadable JSON, without a
// status.
func TestVendorClientWithABadToken(t *testing.T) {
	s := serve(t)
	_, err := (&location.ClientImpl{Client: *vendor(s, "expired")}).GetConnectionData(context.Background(), location.GetConnectionDataArgs{})
	var unreadable *json.SyntaxError
	if !errors.As(err, &unreadable) {
		t.Errorf("the vendor's client says %v", err)
	}
}

func ptr[T any](v T) *T { return &v }
