package pull

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// survey says, project by project, how much of a connection the store holds.
type survey struct {
	*Puller
	Settings

	connection string
	reader     backlog.Reader
	result     *Result
	now        time.Time

	known     map[string]backlog.KnownProject // by id
	suspended []backlog.Suspension
}

func (p *Puller) survey(ctx context.Context, connection string, reader backlog.Reader, result *Result) (*survey, error) {
	v := &survey{
		Puller: p, Settings: p.Settings[connection], connection: connection, reader: reader, result: result, now: p.Clock(),
		known: map[string]backlog.KnownProject{},
	}
	projects, err := p.Store.Projects(ctx, result.Site.ID)
	if err != nil {
		return nil, err
	}
	for _, k := range projects {
		v.known[k.ID] = k
	}
	v.suspended, err = p.Store.Suspensions(ctx)
	return v, err
}

// coverage makes the statement of this pull. A project whose census fails does
// not hold up the others; refused credentials do.
func (p *Puller) coverage(ctx context.Context, connection string, reader backlog.Reader, result *Result) ([]backlog.Coverage, error) {
	v, err := p.survey(ctx, connection, reader, result)
	if err != nil {
		return nil, err
	}
	for _, project := range result.Site.Projects {
		k, before := v.known[project.ID], v.known[project.ID]
		if !k.Departed.IsZero() || k.ID == "" { // new, or back in the scope
			k = backlog.KnownProject{}
		}
		k.Project = project
		if v.due(k) {
			if err := v.count(ctx, &k); err != nil {
				return nil, err
			}
		}
		if err := v.keep(ctx, before, k); err != nil {
			return nil, err
		}
	}
	if err := v.lose(ctx); err != nil {
		return nil, err
	}
	return v.statements(ctx)
}

// due reports whether a census has to be taken: regularly, and again when one
// did not end well, at once and then ever more seldom.
func (v *survey) due(k backlog.KnownProject) bool {
	since := func(t time.Time, wait time.Duration) bool {
		age := v.now.Sub(t) // negative after the clock was set back
		return age < 0 || age >= wait
	}
	if k.State == backlog.Complete {
		return since(k.Census, v.every())
	}
	return k.Strikes <= 1 || since(k.Tried, min(v.every(), time.Minute<<min(k.Strikes, 20)))
}

// lose deals with projects that the site does not show any more. One that the
// settings no longer name has left the scope; of any other it is not known
// whether it still exists, and what is known of it is frozen.
func (v *survey) lose(ctx context.Context) error {
	for id, k := range v.known {
		if !k.Departed.IsZero() || slices.ContainsFunc(v.result.Site.Projects, func(p backlog.Project) bool { return p.ID == id }) {
			continue
		}
		if !v.names(k.Project) {
			n, err := v.Store.LeaveScope(ctx, v.connection, backlog.ProjectID{Site: v.result.Site.ID, ID: id})
			if err != nil {
				return fmt.Errorf("take project %s out of scope: %w", k.Key, err)
			}
			v.Log.Warn("project left the scope: its items are neither judged nor written on", "connection", v.connection, "project", k.Key, "items", n)
			delete(v.known, id)
			continue
		}
		before := k
		k.State, k.Doubt, k.Tried, k.Strikes = backlog.Failed, notVisible(k.Key, v.result.Site), time.Time{}, 0
		if err := v.keep(ctx, before, k); err != nil {
			return err
		}
	}
	return nil
}

// keep remembers a project, and tells once when the trust in it changes.
func (v *survey) keep(ctx context.Context, before, k backlog.KnownProject) error {
	v.known[k.ID] = k
	if before == k {
		return nil
	}
	switch {
	case k.State != backlog.Complete && k.State != before.State:
		v.Log.Warn("project is in doubt: its findings are frozen", "connection", v.connection, "project", k.Key, "state", k.State, "reason", k.Doubt)
	case k.State == backlog.Complete && before.State != "" && before.State != k.State:
		v.Log.Info("project is known whole again", "connection", v.connection, "project", k.Key)
	}
	return v.Store.SaveProject(ctx, v.result.Site.ID, k)
}

// statements are the coverage of every project that is in scope or should be.
func (v *survey) statements(ctx context.Context) ([]backlog.Coverage, error) {
	counts, err := v.Store.Counts(ctx, v.connection)
	if err != nil {
		return nil, fmt.Errorf("count items: %w", err)
	}
	absences, err := v.Store.Absences(ctx, v.result.Site.ID)
	if err != nil {
		return nil, err
	}
	var all []backlog.Coverage
	for id, k := range v.known {
		if k.Departed.IsZero() {
			all = append(all, v.statement(k, counts[k.Key], absences[id]))
		}
	}
	slices.SortFunc(all, func(a, b backlog.Coverage) int { return cmp.Compare(a.Project, b.Project) })
	missing := slices.DeleteFunc(slices.Clone(v.result.Site.Missing), func(name string) bool {
		for _, k := range v.known {
			if isCalled(k.Project, name) && k.State == backlog.Failed {
				return true
			}
		}
		return false
	})
	return append(all, invisible(v.connection, v.result.Site, missing)...), nil
}

func (v *survey) statement(k backlog.KnownProject, seen int, absent backlog.Absences) backlog.Coverage {
	c := backlog.Coverage{
		Connection: v.connection, Project: k.Key, Seen: seen, Expected: seen + k.Gap, Basis: k.Basis, State: k.State,
		AsOf: v.result.Site.Now, Census: k.Census, Missing: absent.Missing, Departed: absent.Departed,
	}
	if k.State != backlog.Complete {
		c.Expected, c.Reason, c.AsOf = max(k.Size, seen), k.Doubt, k.Census
		return c
	}
	if !k.Census.Equal(v.now) {
		c.Basis = "every change since the census of " + k.Census.UTC().Format("2 Jan 2006 15:04")
	}
	c.Reason = v.notes(k, absent)
	return c
}

// notes is what has to be known of a project that is whole.
func (v *survey) notes(k backlog.KnownProject, absent backlog.Absences) string {
	var notes []string
	if k.Note != "" {
		notes = append(notes, k.Note)
	}
	if absent.Missing > 0 {
		notes = append(notes, fmt.Sprintf("%d items are not shown any more and are frozen", absent.Missing))
	}
	if absent.Departed > 0 {
		notes = append(notes, fmt.Sprintf("%d items left the scope in the last 7 days", absent.Departed))
	}
	for _, s := range v.suspended {
		if s.Connection == v.connection && s.Project.ID == k.ID {
			notes = append(notes, s.Reason)
		}
	}
	return strings.Join(notes, "; ")
}

func notVisible(project string, site backlog.Site) string {
	return fmt.Sprintf("project %s does not exist or %s may not see it", project, site.Account.Name)
}

// invisible reports configured projects that our account never saw.
func invisible(connection string, site backlog.Site, names []string) []backlog.Coverage {
	var all []backlog.Coverage
	for _, key := range names {
		all = append(all, backlog.Coverage{
			Connection: connection, Project: key, State: backlog.Failed, AsOf: site.Now, Reason: notVisible(key, site),
		})
	}
	return all
}

func failed(connection string, site backlog.Site, err error) []backlog.Coverage {
	var all []backlog.Coverage
	for _, project := range site.Projects {
		all = append(all, backlog.Coverage{
			Connection: connection, Project: project.Key, State: backlog.Failed, AsOf: site.Now, Reason: err.Error(),
		})
	}
	return append(all, invisible(connection, site, site.Missing)...)
}

// doubt is why a census cannot be trusted, or could not be taken.
type doubt struct {
	state  backlog.CoverageState
	reason string
}

// Error is the reason.
func (d doubt) Error() string { return d.reason }

// unanswered turns what a tracker's answer lacked into a doubt about one
// project. Refused credentials, and being told to stop, concern them all.
func unanswered(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil || errors.Is(err, backlog.ErrUnauthorized):
		return err
	case errors.Is(err, backlog.ErrIncomplete):
		return doubt{backlog.Suspect, err.Error()}
	}
	return doubt{backlog.Failed, err.Error()}
}
