package reliability

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/azuredevops"
	"github.com/trackwarden/trackwarden/connectors/azuredevops/azuresim"
	"github.com/trackwarden/trackwarden/connectors/jira"
	"github.com/trackwarden/trackwarden/connectors/jira/jirasim"
	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// overlap is how far before its mark an incremental sweep of Jira begins.
const overlap = 5 * time.Minute

// R01: a thousand edits over two days, seen by an account in another time zone.
// There is no census and no second chance: an edit that a poll overlooks is
// looked at no more.
func TestR01TheAccountsTimeZoneDoesNotMatter(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	must(t, err)
	for _, zone := range []*time.Location{newYork, time.FixedZone("+5:30", 19800), time.FixedZone("+14", 50400)} {
		t.Run(zone.String(), func(t *testing.T) {
			s := newJiraSite(t, jirasim.Settings{Zone: zone, IndexLag: lag}, jira.Settings{}, stories("SHOP", 40))
			s.blindly().good()
			r, keys := rand.New(rand.NewPCG(1, 1)), s.world.Keys()
			var site backlog.Site
			for n := range 1000 {
				must(t, s.world.Human("").SetField(pick(r.Int(), keys), "summary", fmt.Sprint("title ", n)))
				s.clock.move(time.Duration(r.IntN(345)) * time.Second)
				if n%10 == 9 {
					site = s.good().Site
				}
			}
			s.clock.move(lag)
			s.good()
			s.equals(site, s.ids(site))
		})
	}
}

// R02: two edits within one minute, with a poll between them.
func TestR02TwoEditsInAMinute(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{}, stories("SHOP", 3))
	site := s.blindly().good().Site
	s.clock.move(time.Hour)
	for n := range 5 {
		must(t, s.world.Human("").SetField("SHOP-1", "summary", fmt.Sprint("title ", n)))
		s.good()
		s.equals(site, s.ids(site))
		s.clock.move(10 * time.Second)
	}
	again := s.good().Pull.Changes
	if again.New != 0 || again.Changed != 0 || again.Same == 0 {
		t.Errorf("what is within the overlap and known: %+v", again)
	}
}

// R03: search shows an edit only when newer ones have long been visible. No poll
// begins after what it has not seen.
func TestR03TheMarkDoesNotPassWhatSearchDoesNotShowYet(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{}, jira.Settings{}, stories("SHOP", 10))
	site := s.blindly().good().Site
	s.clock.move(time.Hour)
	human := s.world.Human("")
	must(t, human.Lag("SHOP-1", lag))
	must(t, human.SetField("SHOP-1", "summary", "edited"))
	edited, seen := s.clock.Now(), time.Duration(-1)
	for n := range 30 {
		must(t, human.SetField(fmt.Sprint("SHOP-", 2+n%9), "summary", fmt.Sprint("newer ", n)))
		s.clock.move(10 * time.Second)
		s.good()
		f, _ := s.stored(s.id(site, "SHOP-1"))
		if f.Title == "edited" {
			seen = s.clock.Now().Sub(edited)
			break
		}
		if from := s.since(site).Add(-overlap); from.After(edited) {
			t.Fatalf("the next poll begins at %s, and the edit of %s has not been seen", from, edited)
		}
	}
	if seen < lag || seen > lag+20*time.Second {
		t.Errorf("the edit was seen after %s", seen)
	}
	s.equals(site, s.ids(site))
}

// R22: `updated` goes backwards or lies in the future. Both are taken as they
// are; the next poll begins by the tracker's clock and not by theirs, so nobody
// else's edit is passed over.
func TestR22TimesThatCannotBe(t *testing.T) {
	t.Run("jira", func(t *testing.T) {
		s := newJiraSite(t, jirasim.Settings{}, jira.Settings{}, stories("SHOP", 6))
		site := s.good().Site
		human := s.world.Human("")
		must(t, human.SetField("SHOP-1", "summary", "from the future"))
		must(t, human.Redate("SHOP-1", begun.AddDate(30, 0, 0)))
		for n := range 5 {
			s.clock.move(time.Hour)
			must(t, human.SetField("SHOP-2", "summary", fmt.Sprint("title ", n)))
			s.good()
			if mark := s.since(site); mark.After(s.clock.Now()) {
				t.Errorf("the mark is %s", mark)
			}
			s.equals(site, s.ids(site))
		}
		must(t, human.SetField("SHOP-1", "summary", "as it was"))
		s.good()
		s.equals(site, s.ids(site)) // from the future back to now
		must(t, human.Redate("SHOP-1", begun.AddDate(-10, 0, 0)))
		must(t, human.SetField("SHOP-3", "summary", "edited"))
		s.good()
		f, _ := s.stored(s.id(site, "SHOP-3"))
		if f.Title != "edited" {
			t.Error("an old date kept another edit from being seen")
		}
		must(t, human.SetField("SHOP-1", "summary", "edited again"))
		s.good()
		s.equals(site, s.ids(site))
	})
	t.Run("azure", func(t *testing.T) {
		s := newAzureSite(t, azuresim.Settings{}, azuredevops.Settings{}, workItems(t, "Shop", 6))
		site := s.good().Site
		ids := s.world.IDs()
		must(t, s.world.SetField(ids[0], "System.Title", "from the future"))
		must(t, s.world.Redate(ids[0], begun.AddDate(30, 0, 0)))
		for n := range 5 {
			s.clock.move(time.Hour)
			must(t, s.world.SetField(ids[1], "System.Title", fmt.Sprint("title ", n)))
			s.good()
			f, _ := s.stored(unique(site.ID, ids[1]))
			if f.Title != fmt.Sprint("title ", n) {
				t.Errorf("%d is stored as %q", n, f.Title)
			}
		}
		must(t, s.world.SetField(ids[0], "System.Title", "as it was"))
		must(t, s.world.Redate(ids[0], begun.AddDate(-10, 0, 0)))
		s.good()
		s.equals(site, s.ids(site))
	})
}

// R24: an issue that a timer edits every three seconds is never at rest. It is
// read all the same, also while pages are being read.
func TestR24AnIssueThatIsNeverAtRestIsRead(t *testing.T) {
	s := newJiraSite(t, jirasim.Settings{IndexLag: lag}, jira.Settings{PageSize: 2}, stories("SHOP", 12))
	site := s.blindly().good().Site
	n := 0
	edit := func() {
		n++
		s.clock.move(3 * time.Second)
		must(t, s.world.Human("").SetField("SHOP-5", "summary", fmt.Sprint("title ", n)))
	}
	for range 60 {
		edit()
	}
	s.world.Faults().Add(simulator.Rule{Path: "/search/jql", Do: edit})
	for range 10 {
		before := n - int(lag/(3*time.Second)) - 1 // what search has to show by now
		s.good()
		f, _ := s.stored(s.id(site, "SHOP-5"))
		var got int
		if _, err := fmt.Sscanf(f.Title, "title %d", &got); err != nil || got < before {
			t.Errorf("stored is %q, and search showed title %d when the pass began", f.Title, before)
		}
		for range 20 {
			edit()
		}
	}
}
