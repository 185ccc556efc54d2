package memory_test

import (
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/memory"
	"github.com/trackwarden/trackwarden/connectors/trackertest"
)

// The whole test of a connector: open a seeded world, say what people can do
// there, and take the tour.
func TestContract(t *testing.T) {
	trackertest.Run(t, func(t *testing.T) trackertest.Tracker {
		tracker := memory.New(site(), clock(), 2, items()...)
		return trackertest.Tracker{
			Reader: tracker, Writer: tracker,
			Again:  func() (backlog.Reader, backlog.Writer) { return tracker, tracker },
			World:  world{tracker.Human()},
			Cannot: trackertest.Cannot{Throttle: "a map serves everybody at once"},
		}
	})
}

// world is memory's side for people with what was seeded.
type world struct{ memory.Human }

func (world) ThrottleNext(time.Duration) {} // not called, see Cannot

func (world) Seed() trackertest.Seed {
	seed := trackertest.Seed{
		Site: site().ID, Projects: []backlog.ProjectID{{Site: site().ID, ID: "10000"}},
		Rich: items()[1], Plain: "3", Absent: "999",
	}
	for _, item := range items() {
		seed.IDs = append(seed.IDs, item.ID.ID)
	}
	seed.Rich.ID.Site = site().ID
	return seed
}
