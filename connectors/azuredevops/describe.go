package azuredevops

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Describe learns the organisation anew and says what it is.
func (t *Tracker) Describe(ctx context.Context) (backlog.Site, error) {
	m, err := t.learn(ctx)
	if err != nil {
		return backlog.Site{}, fmt.Errorf("describe %s: %w", t.settings.URL, err)
	}
	site := backlog.Site{
		ID: m.site, Kind: "azuredevops", Name: path.Base(t.settings.URL), URL: t.settings.URL,
		Account: m.me.person(), Missing: m.missing, Problems: m.problems, Locators: t.settings.locators(),
	}
	for _, p := range m.scope {
		site.Projects = append(site.Projects, p.Project)
		for _, k := range p.types {
			site.Types = append(site.Types, m.itemType(p, k))
		}
	}
	site.Problems = append(site.Problems, t.settings.unknownTypes(m)...)
	if problem := t.tryQuery(ctx); problem != "" {
		site.Problems = append(site.Problems, problem)
	}
	site.Problems = append(site.Problems, t.absent.sentences(revisionsFeed, linksFeed)...)
	if site.Rights, err = t.rights(ctx, m); err != nil {
		return backlog.Site{}, fmt.Errorf("describe %s: %w", t.settings.URL, err)
	}
	site.Now = t.http.Now()
	return site, nil
}

func (m *model) itemType(p *project, k kindOfItem) backlog.ItemType {
	it := backlog.ItemType{Project: p.ID, Name: k.name, Level: k.level, Kind: k.kind}
	it.Layout, it.Used, it.Names = m.mapping.layout(k.fields)
	return it
}

// unknownTypes names the types that the settings put on a level and that no
// project of the scope has.
func (s Settings) unknownTypes(m *model) (problems []string) {
	if len(m.scope) == 0 {
		return nil
	}
	for _, level := range backlog.Levels() {
		for _, name := range s.Levels[level] {
			if !m.hasType(name) {
				problems = append(problems, fmt.Sprintf(
					"The type %q, which the settings of %s put on level %s, does not exist in any of its projects.", name, s.Connection, level))
			}
		}
	}
	return problems
}

func (m *model) hasType(name string) bool {
	for _, p := range m.scope {
		if _, ok := p.byName[strings.ToLower(name)]; ok {
			return true
		}
	}
	return false
}

// tryQuery finds out whether the extra condition is understood, before every
// sweep fails on it. Anything but a refusal is left for the sweeps to say.
func (t *Tracker) tryQuery(ctx context.Context) string {
	if t.settings.Query == "" {
		return ""
	}
	wiql := "SELECT [System.Id] FROM WorkItems WHERE (" + t.settings.Query + ")"
	_, err := t.wit.QueryByWiql(ctx, workitemtracking.QueryByWiqlArgs{Wiql: &workitemtracking.Wiql{Query: &wiql}, Top: new(1)})
	if rest.Status(err) != http.StatusBadRequest {
		return ""
	}
	return fmt.Sprintf("The query of %s is refused: %s.", t.settings.Connection, strings.TrimSuffix(message(err), "."))
}

// message is what the tracker itself says of a refusal.
func message(err error) string {
	e, ok := rest.AsError(err)
	if !ok {
		return err.Error()
	}
	if m := saying.FindSubmatch(e.Body); m != nil {
		return strings.ReplaceAll(string(m[1]), `\"`, `"`)
	}
	return e.Error()
}

var saying = regexp.MustCompile(`"message"\s*:\s*"((?:[^"\\]|\\.)*)"`)
