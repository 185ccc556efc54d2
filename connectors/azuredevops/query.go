package azuredevops

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
)

// idsAfter lists the next ids of a project within the scope, in order, up to an
// id unless that is 0, perhaps only those that meet another condition. Fewer
// than RangeSize means that there are no more.
func (t *Tracker) idsAfter(ctx context.Context, project string, last, to int, condition string) ([]int, error) {
	wiql := fmt.Sprintf("[System.TeamProject] = %s AND [System.Id] > %d", quote(project), last)
	if to > 0 {
		wiql += fmt.Sprintf(" AND [System.Id] <= %d", to)
	}
	if condition != "" {
		wiql += " AND " + condition
	}
	return t.query(ctx, wiql, last, t.settings.RangeSize)
}

// within narrows ids to those that meet the settings' extra condition.
func (t *Tracker) within(ctx context.Context, ids []int) ([]int, error) {
	if t.settings.Query == "" || len(ids) == 0 {
		return ids, nil
	}
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = strconv.Itoa(id)
	}
	return t.query(ctx, "[System.Id] IN ("+strings.Join(words, ", ")+")", 0, len(ids))
}

// query asks for at most top ids above last that meet a condition and the
// settings' one. An answer that is not in ascending order contradicts the
// question.
func (t *Tracker) query(ctx context.Context, condition string, last, top int) ([]int, error) {
	var precise *bool // the settings' condition means whole days
	if strings.Contains(condition, changedSince) {
		precise = new(true)
	}
	if t.settings.Query != "" {
		condition += " AND (" + t.settings.Query + ")"
	}
	wiql := "SELECT [System.Id] FROM WorkItems WHERE " + condition + " ORDER BY [System.Id]"
	result, err := t.wit.QueryByWiql(ctx, workitemtracking.QueryByWiqlArgs{
		Wiql: &workitemtracking.Wiql{Query: &wiql}, Top: &top, TimePrecision: precise,
	})
	if err != nil {
		return nil, fmt.Errorf("query work items: %w", explain(err))
	}
	if result.WorkItems == nil {
		return nil, fmt.Errorf("query work items: %w: the answer holds no list", backlog.ErrIncomplete)
	}
	ids := make([]int, 0, len(*result.WorkItems))
	for _, w := range *result.WorkItems {
		id := of(w.Id)
		if id <= last {
			return nil, fmt.Errorf("query work items: %w: id %d after %d", backlog.ErrIncomplete, id, last)
		}
		ids, last = append(ids, id), id
	}
	return ids, nil
}

// quote writes a WIQL string.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
