package main

import (
	"fmt"
	"net/http"

	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// served says where the simulators are.
type served struct {
	Jira  *site `json:"jira,omitempty"`
	Azure *site `json:"azure,omitempty"`
}

// site is one of them.
type site struct {
	URL      string   `json:"url"`
	Admin    string   `json:"admin"` // of the paths that start with an underscore
	User     string   `json:"user,omitempty"`
	Token    string   `json:"token"`
	Projects []string `json:"projects"`
}

// world is what both simulators are here.
type world interface {
	Handler() http.Handler
	Hooks() *simulator.Hooks
}

func serve(w wanted) (s served, stop func(), err error) {
	var stops []func()
	stop = func() {
		for _, one := range stops {
			one()
		}
	}
	if w.jira > 0 {
		var end func()
		if s.Jira, end, err = serveJira(w); err != nil {
			return s, stop, err
		}
		stops = append(stops, end)
	}
	if w.azure > 0 {
		var end func()
		if s.Azure, end, err = serveAzure(w); err != nil {
			stop()
			return s, stop, err
		}
		stops = append(stops, end)
	}
	return s, stop, nil
}

func serveJira(w wanted) (*site, func(), error) {
	const user = "bot@shop.example"
	settings := jirasim.Settings{SiteName: "shop", User: user, Token: w.token, Latency: w.latency, IndexLag: w.lag, Seed: w.seed}
	s := &site{User: user, Token: w.token}
	if w.edition == "datacenter" {
		settings.Edition, settings.Context, s.User = jirasim.DataCenter, "/jira", ""
	}
	sim := jirasim.New(settings)
	sim.Grow(w.jira, w.seed)
	keys := numbered(w.jira, func(k int) string { return sim.KeyOf(k) })
	edit := func(nth int) error {
		return sim.Human("").SetField(keys(nth), "summary", fmt.Sprintf("Edited %d", nth))
	}
	s.Projects = sim.Projects()
	url, stop, err := sim.StartWith(w.addr, func(own http.Handler) http.Handler { return admin(own, sim, edit) })
	if err != nil {
		return nil, nil, fmt.Errorf("serve Jira: %w", err)
	}
	s.URL, s.Admin = url, host(url)
	return s, stop, nil
}

func serveAzure(w wanted) (*site, func(), error) {
	settings := azuresim.Settings{Organisation: "shop", Token: w.token, Latency: w.latency, Seed: w.seed}
	if w.edition == "datacenter" {
		settings.Edition, settings.Path = azuresim.Server2022, "/tfs/DefaultCollection"
	}
	sim := azuresim.New(settings)
	if err := sim.Grow(w.azure, w.seed); err != nil {
		return nil, nil, fmt.Errorf("serve Azure DevOps: %w", err)
	}
	ids := numbered(w.azure, func(k int) int { return k + 1 })
	edit := func(nth int) error { return sim.SetField(ids(nth), "System.Title", fmt.Sprintf("Edited %d", nth)) }
	url, stop, err := sim.StartWith(w.addr, func(own http.Handler) http.Handler { return admin(own, sim, edit) })
	if err != nil {
		return nil, nil, fmt.Errorf("serve Azure DevOps: %w", err)
	}
	return &site{URL: url, Admin: host(url), Token: w.token, Projects: sim.Projects()}, stop, nil
}

// numbered spreads the first, second, third … over all items.
func numbered[T any](n int, name func(int) T) func(nth int) T {
	return func(nth int) T { return name(int(uint64(nth) * 7919 % uint64(n))) }
}
