package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// hooked runs the daemon with a poll that is far away, so that only webhooks
// can tell it anything, and registers it with both simulators.
func hooked(t *testing.T) (*train, *logged, string) {
	t.Helper()
	tr := newTrain(t, nil, nil)
	tr.app.close()
	secret := tr.write("secret", "not easily guessed")
	cfg, err := config.Load(tr.configure(config.Enforce, "poll: 5s", "poll: 1h",
		"    scope: {projects: [\"FIND\", \"SHOP\"]}", "    webhook: {secret: {file: "+secret+"}}\n    scope: {projects: [\"FIND\", \"SHOP\"]}",
		"    scope: {projects: [\"Platform\"]}", "    webhook: {user: hooks, secret: {file: "+secret+"}}\n    scope: {projects: [\"Platform\"]}",
	), os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	log := &logged{}
	if tr.app, err = openApp(t.Context(), cfg, tr.clock.Now, slog.New(slog.NewTextHandler(log, nil))); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- tr.app.run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	wait(t, log, "the first pass", func() bool { return len(tr.world.Jira.Labels("SHOP-13")) == 2 })
	address := regexp.MustCompile(`http://[0-9.:]+`).FindString(log.String())
	wait(t, log, "readiness", func() bool { return ask(t, address+"/readyz") == http.StatusOK })
	for hooks, hook := range map[*simulator.Hooks]simulator.Hook{
		tr.world.Jira.Hooks():  {URL: address + "/webhooks/shop", Secret: "not easily guessed"},
		tr.world.Azure.Hooks(): {URL: address + "/webhooks/platform", User: "hooks", Password: "not easily guessed"},
	} {
		if err := hooks.Register(hook); err != nil {
			t.Fatal(err)
		}
	}
	return tr, log, address
}

func TestAWebhookIsJudgedAtOnce(t *testing.T) {
	tr, log, address := hooked(t)
	tr.clock.move(time.Minute)
	start := time.Now()
	if err := tr.world.Jira.Human("557058:olga").SetField("SHOP-13", tr.criteriaField(), "* The address is kept"); err != nil {
		t.Fatal(err)
	}
	wait(t, log, "the cure", func() bool { return len(tr.world.Jira.Labels("SHOP-13")) == 0 })
	t.Logf("from the edit to the cure on the item: %s", time.Since(start))
	if page := fetched(t, address+"/metrics"); !strings.Contains(page, `trackwarden_webhooks_total{connection="shop",result="taken"}`) {
		t.Errorf("metrics do not tell:\n%s", page)
	}
}

func TestX07ForgedRepeatedAndLostWebhooksCostAtMostOneRead(t *testing.T) {
	tr, log, address := hooked(t)
	reads := func() int { return len(tr.reads()) }
	olga := tr.world.Jira.Human("557058:olga")
	edit := func(text string) {
		t.Helper()
		tr.clock.move(time.Minute)
		if err := olga.SetField("FIND-11", "description", text); err != nil {
			t.Fatal(err)
		}
		tr.world.Jira.Hooks().Wait()
	}
	result := func(result string) bool {
		return strings.Contains(fetched(t, address+"/metrics"), `trackwarden_webhooks_total{connection="shop",result="`+result+`"} `)
	}
	before := reads()
	tr.world.Jira.Hooks().Fault(simulator.HookFault{Forged: true, Times: 1})
	edit("forged")
	wait(t, log, "the refusal", func() bool { return result("refused") })
	tr.world.Jira.Hooks().Fault(simulator.HookFault{Lost: true, Times: 1})
	edit("lost")
	if n := reads() - before; n != 0 {
		t.Errorf("a forged and a lost webhook cost %d reads", n)
	}
	tr.world.Jira.Hooks().Fault(simulator.HookFault{Twice: true, Times: 1})
	edit("sent twice")
	wait(t, log, "the second one", func() bool { return result("repeated") })
	wait(t, log, "a read", func() bool { return reads() > before })
	wait(t, log, "the newest text", func() bool {
		items, err := tr.app.db.Find(t.Context(), "shop", "FIND-11")
		return err == nil && slices.ContainsFunc(items, func(i backlog.Stored) bool { return i.Body == "sent twice" })
	})
	if n := reads() - before; n != 1 {
		t.Errorf("a webhook that came twice cost %d reads: %v", n, tr.reads()[before:])
	}
}

// fetched is a page of the daemon's.
func fetched(t *testing.T, address string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// reads are the requests that fetched whole issues from Jira; what became of
// them before is asked for apart.
func (tr *train) reads() (all []string) {
	for _, e := range tr.world.Jira.Truth().Entries() {
		if strings.HasSuffix(e.Path, "/issue/bulkfetch") && strings.Contains(e.Body, `"summary"`) {
			all = append(all, e.Method+" "+e.Path+" "+e.Body)
		}
	}
	return all
}
