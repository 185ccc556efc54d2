package azuredevops

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/security"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Permissions are bits in a namespace, held by a token: here the root area of
// a project, and the project itself. See Microsoft's "Security namespace and
// permission reference".
const (
	areaNamespace    = "83e28ad4-2d72-4ceb-97b0-c7726d5502c3"
	editItems        = 32
	saveComments     = 512
	projectNamespace = "52d39943-cb85-4d7f-8fa8-c6baac873819"
	suppressMails    = 2097152
)

// rights asks what we may do in every project of the scope, in one request.
// Where the tracker does not tell, writing is assumed to be allowed until it
// is refused, and suppressing notifications is not.
func (t *Tracker) rights(ctx context.Context, m *model) ([]backlog.Rights, error) {
	rights := make([]backlog.Rights, len(m.scope))
	for i, p := range m.scope {
		rights[i] = backlog.Rights{Project: p.ID, Edit: true, Comment: true}
	}
	if len(rights) == 0 {
		return nil, nil
	}
	answers, err := t.evaluate(ctx, m)
	switch code := rest.Status(err); {
	case err == nil:
	case rest.NotOffered(err), code >= 400 && code < 500, errors.Is(err, errNotAnswered):
		// A token may lack the scope for this one question and still be good:
		// we have just been told who we are.
		t.log.Warn("permissions are not told; writing is assumed to be allowed", "connection", t.settings.Connection, "status", code, "cause", message(err))
		return rights, nil
	default:
		return nil, fmt.Errorf("read permissions: %w", err)
	}
	for i := range rights {
		rights[i].Quiet = answers[3*i+2]
		if m.scope[i].areaRoot != "" {
			rights[i].Edit, rights[i].Comment = answers[3*i], answers[3*i] && answers[3*i+1]
		}
	}
	return rights, nil
}

var errNotAnswered = errors.New("the answer leaves questions open")

// evaluate asks three questions per project.
func (t *Tracker) evaluate(ctx context.Context, m *model) ([]bool, error) {
	var questions []security.PermissionEvaluation
	ask := func(namespace, token string, bit int) error {
		id, err := uuid.Parse(namespace)
		questions = append(questions, security.PermissionEvaluation{SecurityNamespaceId: &id, Token: &token, Permissions: &bit})
		return err
	}
	for _, p := range m.scope {
		area, self := "vstfs:///Classification/Node/"+p.areaRoot, "$PROJECT:vstfs:///Classification/TeamProject/"+p.ID
		if err := errors.Join(ask(areaNamespace, area, editItems), ask(areaNamespace, area, saveComments), ask(projectNamespace, self, suppressMails)); err != nil {
			return nil, err
		}
	}
	batch, err := t.security.HasPermissionsBatch(ctx, security.HasPermissionsBatchArgs{
		EvalBatch: &security.PermissionEvaluationBatch{AlwaysAllowAdministrators: new(false), Evaluations: &questions},
	})
	if err != nil {
		return nil, explain(err)
	}
	answers := make([]bool, 0, len(questions))
	for _, evaluation := range of(of(batch).Evaluations) {
		if evaluation.Value == nil {
			return nil, errNotAnswered
		}
		answers = append(answers, *evaluation.Value)
	}
	if len(answers) != len(questions) {
		return nil, errNotAnswered
	}
	return answers, nil
}
