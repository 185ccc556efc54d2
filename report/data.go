package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// data says how far each connection's data can be trusted. A connection that
// was never read is part of the report, too: its silence must not look green.
func (b *builder) data(ctx context.Context, source Source) error {
	passes, err := source.LastPasses(ctx)
	if err != nil {
		return err
	}
	for _, name := range b.Connections {
		pass, read := passes[name]
		if !read {
			b.partial = append(b.partial, name+" has never been read")
			continue
		}
		for _, c := range pass.Coverage {
			c.Connection = name
			b.cover(c)
		}
		if len(pass.Coverage) == 0 {
			b.partial = append(b.partial, fmt.Sprintf("%s: nothing could be read: %s", name, pass.Problem))
		}
	}
	return nil
}

func (b *builder) cover(c backlog.Coverage) {
	d := Data{Coverage: c, Age: age(b.now.Sub(c.AsOf)), Percent: percent(c)}
	if c.AsOf.IsZero() {
		d.Age = "unknown"
	}
	b.coverage = append(b.coverage, d)
	if c.State != backlog.Complete || c.Seen < c.Expected {
		b.partial = append(b.partial, fmt.Sprintf("%s %s: %s", c.Connection, c.Project, c.Reason))
	} else if b.now.Sub(c.AsOf) > 24*time.Hour {
		b.partial = append(b.partial, fmt.Sprintf("%s %s: the data is %s old", c.Connection, c.Project, d.Age))
	}
}

// percent rounds down, so that 100 means everything.
func percent(c backlog.Coverage) int {
	switch {
	case c.State == backlog.Failed:
		return 0
	case c.Expected == 0:
		return 100
	}
	return min(100, 100*c.Seen/c.Expected)
}

// age tells a time span in its largest whole unit.
func age(d time.Duration) string {
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := int(d / unit.length); n == 1 {
			return "1 " + unit.name
		} else if n > 1 {
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return "less than a minute"
}

// covered counts what an exemption takes out.
func (b *builder) covered(policy string, item *backlog.Stored, team string) {
	today := backlog.Day(b.now, b.Zone)
	for i, x := range b.Exemptions {
		if x.Until >= today && fits(x.Policy, policy) && fits(x.Connection, item.Connection) && fits(x.Item, item.Key) && fits(x.Team, team) && fits(x.Train, b.trainOf(team)) {
			b.exempt[i]++
			return
		}
	}
}

func (b *builder) exemptions() []Exempt {
	today := backlog.Day(b.now, b.Zone)
	all := []Exempt{}
	for i, x := range b.Exemptions {
		e := Exempt{
			Policy: x.Policy, What: strings.Join(slices.DeleteFunc([]string{x.Connection, x.Train, x.Team, x.Item}, func(s string) bool { return s == "" }), " "),
			Owner: x.Owner, Reason: x.Reason, Until: x.Until, Covers: b.exempt[i],
		}
		switch {
		case x.Until < today:
			e.State = "ended"
		case e.Covers == 0:
			e.State = "unused"
		default:
			e.State = "in force"
		}
		all = append(all, e)
	}
	return all
}

func fits(want, have string) bool { return want == "" || strings.EqualFold(want, have) }
