package example

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
)

// World is two simulated trackers that run on this machine. Jira or Azure is
// nil when only the other one's data was given.
type World struct {
	Jira              *jirasim.World
	Azure             *azuresim.World
	JiraURL, AzureURL string
	Token             string // what both accept
	now               time.Time
	files             bool
	counts            []string
	stops             []func()
}

// token is what the simulators accept; it opens nothing else.
const token = "demo-token"

// Start starts the example, or the trackers that hold the files' items.
func Start(jiraFiles, azureFiles []string, clock func() time.Time) (*World, error) {
	w := &World{Token: token, now: clock(), files: len(jiraFiles)+len(azureFiles) > 0}
	if !w.files || len(jiraFiles) > 0 {
		w.Jira = jirasim.New(jirasim.Settings{Clock: clock, SiteName: "shop", User: "bot@shop.example", Token: token})
	}
	if !w.files || len(azureFiles) > 0 {
		w.Azure = azuresim.New(azuresim.Settings{Clock: clock, Organisation: "shop", Token: token})
	}
	err := w.serve()
	if err == nil { // addresses are known from here on, and links need them
		err = w.fill(jiraFiles, azureFiles)
	}
	if err != nil {
		w.Stop()
		return nil, err
	}
	return w, nil
}

func (w *World) fill(jiraFiles, azureFiles []string) error {
	if !w.files {
		items := Items()
		w.count("the example", len(items))
		return errors.Join(buildJira(w.Jira, items, w.now, w.AzureURL), buildAzure(w.Azure, items, w.now, w.JiraURL))
	}
	for _, path := range jiraFiles {
		if err := w.load(path, w.Jira.Load); err != nil {
			return err
		}
	}
	for _, path := range azureFiles {
		if err := w.load(path, w.Azure.Load); err != nil {
			return err
		}
	}
	return nil
}

// load reads one gzipped file of JSON lines into a simulator.
func (w *World) load(path string, into func(io.Reader) (int, error)) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open data: %w", err)
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("unpack %s: %w", path, err)
	}
	n, err := into(text)
	if err != nil {
		return fmt.Errorf("load %s: %w", path, err)
	}
	w.count(path, n)
	return nil
}

func (w *World) count(what string, n int) {
	w.counts = append(w.counts, fmt.Sprintf("%s (%d items)", what, n))
}

func (w *World) serve() error {
	var errs [2]error
	if w.Jira != nil {
		var stop func()
		if w.JiraURL, stop, errs[0] = w.Jira.Start("127.0.0.1:0"); stop != nil {
			w.stops = append(w.stops, stop)
		}
	}
	if w.Azure != nil {
		var stop func()
		if w.AzureURL, stop, errs[1] = w.Azure.Start("127.0.0.1:0"); stop != nil {
			w.stops = append(w.stops, stop)
		}
	}
	return errors.Join(errs[:]...)
}

// Stop stops both trackers.
func (w *World) Stop() {
	for _, stop := range w.stops {
		stop()
	}
}

// Summary says in one line what runs where.
func (w *World) Summary() string {
	var parts []string
	if w.JiraURL != "" {
		parts = append(parts, "Jira at "+w.JiraURL)
	}
	if w.AzureURL != "" {
		parts = append(parts, "Azure DevOps at "+w.AzureURL)
	}
	return strings.Join(parts, ", ") + ", with " + strings.Join(w.counts, ", ")
}

// Config is the trackwarden.yaml for these trackers.
func (w *World) Config(mode, tokenFile string) (string, error) {
	s := Sites{JiraURL: w.JiraURL, AzureURL: w.AzureURL, TokenFile: tokenFile, Mode: mode, Organisation: !w.files, Now: w.now}
	if w.Jira != nil {
		s.JiraProjects = w.Jira.Projects()
	}
	if w.Azure != nil {
		s.AzureProjects = w.Azure.Projects()
	}
	slices.Sort(s.JiraProjects)
	return Config(s)
}

// Hint is a command that edits an item as a person would, for watching the
// daemon.
func (w *World) Hint() string {
	if w.Jira == nil || w.files {
		return "change a work item through its REST API with the token in the demo's folder"
	}
	return fmt.Sprintf(`curl -X PUT -u bot@shop.example:%s -H 'Content-Type: application/json' %s/rest/api/2/issue/SHOP-13 -d '{"fields":{"description":"Acceptance criteria:\n* The address is there on the next order"}}'`, token, w.JiraURL)
}
