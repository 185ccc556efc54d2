package azuredevops

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/work"
	"golang.org/x/sync/errgroup"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Every team says for itself whether its bugs are stories, tasks or on no
// backlog at all, and which areas are its own. So the level of a bug depends on
// its area. It takes two requests a team to know, and hardly ever changes.

// teamsEvery is how often teams are asked again.
const teamsEvery = 6 * time.Hour

// bugRule is where the bugs of an area are planned.
type bugRule struct {
	Area  string // its path, in lower case
	Below bool   // areas below it too
	Level backlog.Level
}

// bugLevelIn is where the team of an area plans its bugs; false when no team
// differs from the project.
func (p *project) bugLevelIn(area string) (backlog.Level, bool) {
	area = strings.ToLower(area)
	for _, rule := range p.bugs {
		if area == rule.Area || rule.Below && strings.HasPrefix(area, rule.Area+`\`) {
			return rule.Level, true
		}
	}
	return "", false
}

// levelNamed reports whether the settings put a type on a level.
func (s Settings) levelNamed(name string) bool {
	_, named := backlog.LevelNamed(s.Levels, name)
	return named
}

// teamRules remembers what the teams of projects said, by project id.
type teamRules struct {
	mu    sync.Mutex
	rules map[string][]bugRule
	asked map[string]time.Time
}

// bugRules asks the teams of a project, unless that was done a short while ago.
// Where they are not told,
// what they said last counts, else the project's own word for all.
func (t *Tracker) bugRules(ctx context.Context, p *project) ([]bugRule, error) {
	if !p.hasBugs() {
		return nil, nil
	}
	now := t.http.Now()
	t.teams.mu.Lock()
	rules, asked := t.teams.rules[p.ID], t.teams.asked[p.ID]
	t.teams.mu.Unlock()
	if age := now.Sub(asked); age >= 0 && age < teamsEvery {
		return rules, nil
	}
	fresh, err := t.askTeams(ctx, p)
	if rest.NotOffered(err) {
		t.log.Debug("teams are not told; bugs are where the project plans them", "connection", t.settings.Connection, "project", p.Name, "cause", message(err))
		return rules, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read teams of %s: %w", p.Name, err)
	}
	t.teams.mu.Lock()
	defer t.teams.mu.Unlock()
	if t.teams.rules == nil {
		t.teams.rules, t.teams.asked = map[string][]bugRule{}, map[string]time.Time{}
	}
	t.teams.rules[p.ID], t.teams.asked[p.ID] = fresh, now
	return fresh, nil
}

func (p *project) hasBugs() bool {
	return slices.ContainsFunc(p.types, func(k kindOfItem) bool { return k.kind == backlog.Bug })
}

// askTeams reads the settings and areas of every team. Rules are only kept when
// teams differ, the most special area first.
func (t *Tracker) askTeams(ctx context.Context, p *project) ([]bugRule, error) {
	teams, err := t.listTeams(ctx, p)
	if err != nil || len(teams) < 2 {
		return nil, err
	}
	told := make([][]bugRule, len(teams))
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for i, team := range teams {
		group.Go(func() (err error) {
			told[i], err = t.askTeam(groupCtx, p, team)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	rules := slices.Concat(told...)
	slices.SortStableFunc(rules, func(a, b bugRule) int {
		if d := strings.Count(b.Area, `\`) - strings.Count(a.Area, `\`); d != 0 {
			return d
		}
		return strings.Compare(a.Area, b.Area)
	})
	if !slices.ContainsFunc(rules, func(r bugRule) bool { return r.Level != rules[0].Level }) {
		return nil, nil
	}
	return rules, nil
}

func (t *Tracker) listTeams(ctx context.Context, p *project) (ids []string, err error) {
	const page = 200
	for {
		var answer struct {
			Value []struct {
				ID string `json:"id"`
			} `json:"value"`
		}
		_, err := t.do(ctx, call{
			method: http.MethodGet, at: "d30a3dd1-f8ba-442a-b86a-bd0c0c383e59", version: "7.1", route: map[string]string{"projectId": p.ID},
			query: url.Values{"$top": {strconv.Itoa(page)}, "$skip": {strconv.Itoa(len(ids))}},
		}, &answer)
		if err != nil {
			return nil, err
		}
		for _, team := range answer.Value {
			if slices.Contains(ids, team.ID) {
				return nil, fmt.Errorf("%w: the list of teams repeats itself", backlog.ErrIncomplete)
			}
			ids = append(ids, team.ID)
		}
		if len(answer.Value) < page {
			return ids, nil
		}
	}
}

// askTeam reads what one team says of its bugs, for each of its areas.
func (t *Tracker) askTeam(ctx context.Context, p *project, team string) ([]bugRule, error) {
	route := map[string]string{"project": p.ID, "team": team}
	var settings struct {
		Bugs work.BugsBehavior `json:"bugsBehavior"`
	}
	_, err := t.do(ctx, call{method: http.MethodGet, at: "c3c1012b-bea7-49d7-b45e-1664e566f84c", version: "7.1", route: route}, &settings)
	if err != nil {
		return nil, err
	}
	var areas struct {
		Field struct {
			Name string `json:"referenceName"`
		} `json:"field"`
		Values []struct {
			Value string `json:"value"`
			Below bool   `json:"includeChildren"`
		} `json:"values"`
	}
	_, err = t.do(ctx, call{method: http.MethodGet, at: "07ced576-58ed-49e6-9c1e-5cb53ab8bf2a", version: "7.1", route: route}, &areas)
	if err != nil || areas.Field.Name != "System.AreaPath" { // old projects may give teams by another field
		return nil, err
	}
	level := bugLevel(&work.BacklogConfiguration{BugsBehavior: &settings.Bugs})
	var rules []bugRule
	for _, area := range areas.Values {
		rules = append(rules, bugRule{Area: strings.ToLower(area.Value), Below: area.Below, Level: level})
	}
	return rules, nil
}
