package evaluate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
)

// versions are of the settings by which everything was judged, as far as they
// hold for a part of it only.
type versions struct {
	Settings string                       // Settings.Version
	Teams    map[string]map[string]string // by connection and team; the team "" is none
	Items    map[string]string            // of the exemptions that name an item, by its key
}

const versionsKey = "evaluate/settings"

// settings marks the items for which the settings changed: those of the teams
// whose rules or exemptions are not what they were, and those that an
// exemption names or named. A change of the organisation itself is part of the
// basis.
func (e *Evaluator) settings(ctx context.Context, sites map[string]backlog.Site) error {
	var before versions
	if _, err := remembered(ctx, e.Store, versionsKey, &before); err != nil {
		return fmt.Errorf("load versions of settings: %w", err)
	}
	if before.Settings == e.Settings.Version && before.Settings != "" {
		return nil
	}
	now := versions{Settings: e.Settings.Version, Teams: map[string]map[string]string{}, Items: e.itemVersions()}
	for connection := range sites {
		now.Teams[connection] = e.teamVersions(connection)
		some := backlog.Some{Connection: connection, Teams: differing(before.Teams[connection], now.Teams[connection])}
		if err := e.mark(ctx, some, len(some.Teams)); err != nil {
			return err
		}
	}
	some := backlog.Some{Keys: differing(before.Items, now.Items)}
	if err := e.mark(ctx, some, len(some.Keys)); err != nil {
		return err
	}
	if version(before) == version(now) {
		return nil
	}
	if err := remember(ctx, e.Store, versionsKey, now); err != nil {
		return fmt.Errorf("save versions of settings: %w", err)
	}
	return nil
}

func (e *Evaluator) mark(ctx context.Context, some backlog.Some, n int) error {
	if n == 0 {
		return nil
	}
	if err := e.Store.MarkDirty(ctx, "settings", some); err != nil {
		return fmt.Errorf("mark whom the settings concern: %w", err)
	}
	return nil
}

// teamVersions identify what holds for the items of each team, and of none.
func (e *Evaluator) teamVersions(connection string) map[string]string {
	all := map[string]string{}
	for _, team := range append(e.Settings.Organisation.Teams, backlog.Team{}) {
		var rules []Rule
		for _, p := range e.Library.Policies() {
			rules = append(rules, e.Settings.Rule(p, connection, team.Train, team.Name))
		}
		var exempt []Exemption
		for _, x := range e.Settings.Exemptions {
			if x.Item == "" && fits(x.Connection, connection) && fits(x.Team, team.Name) && fits(x.Train, team.Train) {
				exempt = append(exempt, x)
			}
		}
		all[team.Name] = version(rules, exempt)
	}
	return all
}

// itemVersions identify the exemptions that name an item, by its key.
func (e *Evaluator) itemVersions() map[string]string {
	byKey := map[string][]Exemption{}
	for _, x := range e.Settings.Exemptions {
		if x.Item != "" {
			byKey[x.Item] = append(byKey[x.Item], x)
		}
	}
	all := map[string]string{}
	for key, exemptions := range byKey {
		all[key] = version(exemptions)
	}
	return all
}

// basis is what everything is judged on beside the items themselves. Of the
// organisation it holds what decides where an item belongs.
func (e *Evaluator) basis() string {
	org := e.Settings.Organisation
	org.People, org.Personas = nil, nil
	return version(e.Library.Revision(), e.Settings.Zone.String(), org, e.Settings.Silence)
}

// version identifies values by their content.
func version(values ...any) string {
	encoded, err := json.Marshal(values)
	if err != nil { // parameters come from YAML or JSON
		encoded = []byte(err.Error())
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:12])
}

// differing lists the keys whose values are not the same, in no order.
func differing(before, now map[string]string) (keys []string) {
	for key, value := range now {
		if was, known := before[key]; !known || was != value {
			keys = append(keys, key)
		}
	}
	for key := range before {
		if _, still := now[key]; !still {
			keys = append(keys, key)
		}
	}
	return keys
}
