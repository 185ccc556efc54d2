package oracle

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

const ours = `{"body":"Backlog check [¶|http://x/browse/SHOP-1#trackwarden:default:10001:INTENT1:hash]","properties":[{"key":"trackwarden","value":{"owner":"default","item":"10001","intent":"INTENT1"}}]}`

// site is a Jira with one story, on which we wrote a label and a comment.
type site struct {
	t     *testing.T
	world *jirasim.World
	url   string
	key   string
	books []backlog.AuditEntry
}

func newSite(t *testing.T) *site {
	t.Helper()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	w := jirasim.New(jirasim.Settings{Clock: func() time.Time { return now }, SiteName: "shop", User: "bot@shop.example", Token: "token"})
	w.AddProject(jirasim.Project{Key: "SHOP", Name: "Shop"})
	w.AddUser(jirasim.User{ID: "olga", Name: "Olga"})
	s := &site{t: t, world: w, key: w.AddIssue(map[string]any{"id": "10001", "fields": map[string]any{
		"project": "SHOP", "issuetype": "Story", "summary": "Pay with one tap", "labels": []any{"mine"}, "assignee": "olga"}})}
	url, stop, err := w.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	s.url = url
	return s
}

// write is a request of ours.
func (s *site) write(method, path, body string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.url+"/rest/api/2/issue/"+s.key+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	request.SetBasicAuth("bot@shop.example", "token")
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode >= 300 {
		s.t.Fatal(answer.Status)
	}
}

// annotate is what we do in a run in which all goes well.
func (s *site) annotate() *site {
	s.write("PUT", "", `{"update":{"labels":[{"add":"hygiene"}]},"properties":[{"key":"trackwarden","value":{"owner":"default","intent":"INTENT1"}}]}`)
	s.write("POST", "/comment", ours)
	for _, step := range []string{"INTENT1/0", "INTENT1/1"} {
		s.books = append(s.books, backlog.AuditEntry{Key: s.key, Step: step, Receipt: backlog.Receipt{Outcome: backlog.Applied}})
	}
	return s
}

func (s *site) seen() World { return Jira("shop", s.world) }

func (s *site) breaches(clean, never World, rest int) []Breach {
	w := s.seen()
	project := w.Items[0].Project
	return slices.Concat(
		w.OneComment(func(Item) bool { return true }), w.OnlyOurs(never, map[string][]string{"10001": {"hygiene"}}), w.EndsAs(clean),
		w.NoStorm(clean, 0), w.Silent(rest), w.Audited(s.books),
		w.InMirror([]Mirrored{{ID: "10001", Title: "Pay with one tap", Labels: []string{"mine", "hygiene"}}}),
		w.Mentions(), w.Quiet(1), w.Spent(s.books, map[string]int{project: 1}),
	)
}

// Each oracle is shown what it is there to see, and nothing when all is well.
func TestOraclesSeeWhatIsWrong(t *testing.T) {
	never, clean := newSite(t).seen(), newSite(t).annotate().seen()
	for name, harm := range map[string]struct {
		do   func(*site) error
		want []string // oracles
	}{
		"nothing": {func(*site) error { return nil }, nil},
		"a comment twice": {func(s *site) error {
			s.write("POST", "/comment", ours)
			return nil
		}, []string{"O1", "O3", "O4", "O5", "O7"}},
		"a comment deleted":   {func(s *site) error { return s.human().DeleteComment(s.key, s.comment()) }, []string{"O1", "O3"}},
		"a label of others":   {func(s *site) error { return s.human().RemoveLabel(s.key, "mine") }, []string{"O2", "O3", "O6"}},
		"a label of nobody":   {func(s *site) error { return s.human().AddLabel(s.key, "stray") }, []string{"O2", "O3", "O6"}},
		"a text":              {func(s *site) error { return s.human().SetField(s.key, "description", "other") }, []string{"O2"}},
		"a title":             {func(s *site) error { return s.human().SetField(s.key, "summary", "other") }, []string{"O2", "O6"}},
		"a comment of others": {func(s *site) error { _, err := s.human().AddComment(s.key, "hello"); return err }, []string{"O2"}},
		"a mention": {func(s *site) error {
			return s.human().EditComment(s.key, s.comment(), "[~accountid:olga] #trackwarden:default:10001:INTENT1:hash")
		}, []string{"O3", "O7"}},
		"a row too many": {func(s *site) error {
			s.books = append(s.books, backlog.AuditEntry{Key: s.key, Step: "INTENT2/0", Receipt: backlog.Receipt{Outcome: backlog.Applied}})
			return nil
		}, []string{"O5", "O10"}},
		"a row too few": {func(s *site) error { s.books = s.books[:1]; return nil }, []string{"O5"}},
		"a redundant write": {func(s *site) error {
			s.write("PUT", "", `{"update":{"labels":[{"add":"hygiene"}]}}`)
			return nil
		}, []string{"O4"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t).annotate()
			rest := len(s.seen().Log)
			if err := harm.do(s); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, b := range s.breaches(clean, never, rest) {
				t.Log(b)
				got = append(got, b.Oracle)
			}
			slices.Sort(got)
			if got = slices.Compact(got); strings.Join(got, " ") != strings.Join(sorted(harm.want), " ") {
				t.Errorf("seen by %v, want %v", got, harm.want)
			}
		})
	}
}

func (s *site) human() *jirasim.Human { return s.world.Human("olga") }

func (s *site) comment() string { return s.seen().Items[0].Comments[0].ID }

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

func TestSecretsAreFound(t *testing.T) {
	bad := Secret("CANARY", map[string][]byte{"log": []byte("token CANARY"), "store": []byte("nothing")})
	if len(bad) != 1 || bad[0].Where != "log" || Count(bad, "O8") != 1 {
		t.Error(bad)
	}
}

func TestReadingIsNoWriting(t *testing.T) {
	for request, want := range map[string]bool{
		"GET /rest/api/2/issue/1": false, "POST /rest/api/3/search/jql": false, "POST /_apis/wit/workitemsbatch": false,
		"POST /shop/p/_apis/wit/wiql": false, "POST /rest/api/2/issue/1/comment": true, "PATCH /_apis/wit/workItems/1": true, "DELETE /x": true,
	} {
		method, path, _ := strings.Cut(request, " ")
		if got := Writing(simulator.Entry{Method: method, Path: path}); got != want {
			t.Errorf("%s: writing %t", request, got)
		}
	}
}
