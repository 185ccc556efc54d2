package main

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// start runs the command and stops it with the test.
func start(t *testing.T, args ...string) served {
	t.Helper()
	in, end := io.Pipe()
	read, out := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(t.Context(), args, in, out) }()
	t.Cleanup(func() {
		_ = end.Close()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	var s served
	if err := json.NewDecoder(read).Decode(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// ask sends a request with the site's credentials.
func (s *site) ask(t *testing.T, method, address, body string, into any) {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.SetBasicAuth(s.User, s.Token)
	if strings.Contains(s.URL, "/jira") {
		r.Header.Set("Authorization", "Bearer "+s.Token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode > 299 {
		t.Fatalf("%s %s: %d %s", method, address, answer.StatusCode, raw)
	}
	if into != nil {
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
	}
}

func TestServesBoth(t *testing.T) {
	s := start(t, "-jira-items", "2000", "-azure-items", "3000", "-latency", "1ms")
	var count struct{ Count int }
	s.Jira.ask(t, "POST", s.Jira.URL+"/rest/api/3/search/approximate-count", `{"jql":"project in (`+strings.Join(s.Jira.Projects, ",")+`)"}`, &count)
	var found struct {
		WorkItems []struct{ ID int } `json:"workItems"`
	}
	s.Azure.ask(t, "POST", s.Azure.URL+"/_apis/wit/wiql?api-version=7.1", `{"query":"SELECT [System.Id] FROM WorkItems"}`, &found)
	if count.Count != 2000 || len(found.WorkItems) != 3000 {
		t.Errorf("%d issues, %d work items", count.Count, len(found.WorkItems))
	}
	before := time.Now().UnixMilli()
	for _, one := range []*site{s.Jira, s.Azure} {
		one.ask(t, "POST", one.Admin+"/_edit?n=3", "", nil)
		one.ask(t, "POST", one.Admin+"/_faults", `{"path":"^/nowhere","status":500}`, nil)
		var counts simulator.Counts
		one.ask(t, "GET", one.Admin+"/_truth/counts", "", &counts)
		var cost process
		one.ask(t, "GET", one.Admin+"/_process", "", &cost)
		if counts.Requests != 1 || len(counts.Routes) != 1 || cost.PeakBytes == 0 {
			t.Errorf("%+v, %+v", counts, cost)
		}
	}
	s.Jira.ask(t, "POST", s.Jira.URL+"/rest/api/3/search/approximate-count", `{"jql":"updated >= `+strconv.FormatInt(before, 10)+`"}`, &count)
	if count.Count != 3 {
		t.Errorf("%d edited", count.Count)
	}
}

func TestServesServers(t *testing.T) {
	s := start(t, "-jira-items", "20", "-azure-items", "20", "-edition", "datacenter")
	var info struct{ DeploymentType string }
	s.Jira.ask(t, "GET", s.Jira.URL+"/rest/api/2/serverInfo", "", &info)
	if info.DeploymentType != "Server" {
		t.Errorf("deployment %q", info.DeploymentType)
	}
	s.Azure.ask(t, "GET", s.Azure.URL+"/_apis/projects?api-version=7.0", "", &info)
	if err := run(t.Context(), []string{"-edition", "mainframe"}, nil, nil); err == nil {
		t.Error("an unknown edition is no error")
	}
}
