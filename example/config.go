package example

import (
	"fmt"
	"strings"
	"text/template"
	"time"
)

// Sites says where the example's trackers are and what is known of how to get
// in. An empty URL leaves a tracker out.
type Sites struct {
	JiraURL, AzureURL           string
	JiraProjects, AzureProjects []string
	TokenFile                   string
	Mode                        string // "observe" or "enforce"
	Organisation                bool   // the retailer's trains, teams, people and themes
	Now                         time.Time
}

// Config writes the trackwarden.yaml that fits the example. It writes at once
// and on everything, which is right for a sandbox only.
func Config(s Sites) (string, error) {
	name, start, end := Increment(s.Now)
	var b strings.Builder
	err := configTemplate.Execute(&b, map[string]any{
		"Sites": s, "Increment": name, "Start": start, "End": end, "Version": versionOf(s.Now),
		"Until": s.Now.AddDate(0, 1, 0).Format(time.DateOnly),
	})
	if err != nil {
		return "", fmt.Errorf("write configuration: %w", err)
	}
	return b.String(), nil
}

var configTemplate = template.Must(template.New("trackwarden.yaml").Funcs(template.FuncMap{"list": func(all []string) string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = fmt.Sprintf("%q", s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}}).Parse(`# The demo's configuration. On a real site, leave write out at first: it then
# only observes.
connections:
{{- with .Sites}}{{if .JiraURL}}
  - name: shop
    kind: jira
    url: {{.JiraURL}}
    auth: {user: bot@shop.example, token: {file: "{{.TokenFile}}"}}
    scope: {projects: {{list .JiraProjects}}}
    write: {mode: {{.Mode}}, horizon: all, settle: off, comment: always, ramp: off, budget: off, brake: off}
{{- end}}{{if .AzureURL}}
  - name: platform
    kind: azuredevops
    url: {{.AzureURL}}
    auth: {token: {file: "{{.TokenFile}}"}}
    scope: {projects: {{list .AzureProjects}}}
    write: {mode: {{.Mode}}, horizon: all, settle: off, comment: always, ramp: off, budget: off, brake: off}
{{- end}}{{end}}
{{- if .Sites.Organisation}}
trains:
  - name: Mobile shopping
    rte: rita
    product_manager: pat
    increments:
      - {name: "{{.Increment}}", start: {{.Start}}, end: {{.End}}, match: {iteration_path: 'Platform\{{.Increment}}', fix_version: "{{.Version}}"}}
teams:
  - {name: Checkout, train: Mobile shopping, owner: olga, match: [{connection: shop, project: SHOP, component: Checkout}]}
  - {name: Search, train: Mobile shopping, owner: samir, match: [{connection: shop, project: FIND}]}
  - {name: Recommendations, train: Mobile shopping, owner: ines, match: [{connection: platform, area: 'Platform\Recommendations'}]}
people:
  - {name: pat, email: pat@shop.example, accounts: [{connection: shop, id: "557058:pat"}]}
  - {name: rita, email: rita@shop.example}
  - {name: olga, email: olga@shop.example, accounts: [{connection: shop, id: "557058:olga"}]}
  - {name: samir, email: samir@shop.example, accounts: [{connection: shop, id: "557058:samir"}]}
  - {name: ines, email: ines@shop.example}
themes:
  - {name: Effortless buying, match: {label: theme-buying}}
  - {name: Inspiring range, match: {label: theme-range}}
personas: [{name: Busy parent}, {name: Gift finder}]
planning:
  objectives:
    - {team: Checkout, increment: "{{.Increment}}", title: Guests can pay, planned: 8, committed: true, measure: orders by guests}
    - {team: Search, increment: "{{.Increment}}", title: Shoppers find what they mean, planned: 7, committed: true}   # and how will they know?
    - {team: Recommendations, increment: "{{.Increment}}", title: Gifts for every age, planned: 5, measure: gifts bought}
  risks:
    - {increment: "{{.Increment}}", title: The payment provider changes its terms, roam: owned, owner: olga, raised: {{.Start}}}
  investment: [{kind: enabler, share: 20}, {theme: Effortless buying, share: 40}]
policies:
  writing: all
  exemptions:
    - {policy: story/orphan, connection: shop, item: SHOP-20, owner: olga, reason: "a bug has no feature", until: {{.Until}}}
{{- else}}
policies:
  writing: all
{{- end}}
schedule: {poll: 5s, report: "0 8 * * MON", timezone: UTC}
store: {driver: sqlite, path: trackwarden.db}
server: {listen: 127.0.0.1:0}
`))
