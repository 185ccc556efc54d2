package main

import (
	"strings"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/sync/pull"
)

func TestProgressSpeaksEveryTenSecondsAndSaysWhatHoldsItUp(t *testing.T) {
	c := &clock{now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	var until time.Time
	moods := map[string]mood{"shop": func() (time.Time, string) { return until, "quota" }}
	var said []string
	p := quietProgress(c.Now, moods, func(line string) { said = append(said, line) })
	p.Reading(pull.Progress{Connection: "shop", Items: 40000, Before: 40000, Total: 100000})
	c.move(9 * time.Second)
	p.Reading(pull.Progress{Connection: "shop", Items: 43000, Before: 40000, Total: 100000})
	p.tell()
	if said != nil {
		t.Errorf("too early: %q", said)
	}
	c.move(time.Second)
	p.Reading(pull.Progress{Connection: "platform", Items: 1234})
	p.tell()
	until = c.Now().Add(250 * time.Second)
	c.move(10 * time.Second)
	p.Reading(pull.Progress{Connection: "platform", Items: 1300, Total: 26000, About: true})
	p.tell()
	until = time.Time{}
	p.Reading(pull.Progress{Connection: "shop", Items: 100000, Before: 40000, Total: 100000})
	c.move(10 * time.Second)
	p.tell()
	want := []string{
		"read platform: 1,234 items",
		"read shop: 43,000 of 100,000 items, 300/s, 3m10s left",
		"read platform: 1,300 of about 26,000 items, 130/s, 3m10s left",
		"read shop: 43,000 of 100,000 items, 150/s, 6m20s left, throttled until 12:04:20: quota",
		"read platform: 1,300 of about 26,000 items, 65/s, 6m20s left",
	}
	if got := strings.Join(said, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}
