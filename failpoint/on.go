//go:build failpoint

package failpoint

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// state is the one global of the house: a point may be anywhere, and there is
// one process that dies.
var state struct {
	sync.Mutex
	count  int
	armed  int // the point to die at; 0 is none
	points *os.File
	once   sync.Once
}

// Hit is where the process may die. The words say which place it is; the name
// of the exported function around it is added to them.
func Hit(words ...string) {
	state.once.Do(arm)
	state.Lock()
	defer state.Unlock()
	state.count++
	if state.points != nil {
		fmt.Fprintln(state.points, strings.Join(words, " ")+" in "+around())
	}
	if state.count == state.armed {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // until it arrives; nothing else may happen now
	}
}

func arm() {
	var err error
	if text := os.Getenv("TRACKWARDEN_FAILPOINT"); text != "" {
		if state.armed, err = strconv.Atoi(text); err != nil {
			panic("TRACKWARDEN_FAILPOINT is no number: " + text)
		}
	}
	if path := os.Getenv("TRACKWARDEN_FAILPOINTS"); path != "" {
		if state.points, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
			panic(err)
		}
	}
}

// around is the innermost exported function of the package that called Hit.
func around() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	room := ""
	for {
		frame, more := frames.Next()
		name := frame.Function[strings.LastIndexByte(frame.Function, '/')+1:]
		in, name, _ := strings.Cut(name, ".")
		if room == "" {
			room = in
		}
		for _, part := range strings.Split(name, ".") {
			if in == room && part[0] >= 'A' && part[0] <= 'Z' {
				return room + "." + part
			}
		}
		if !more {
			return room
		}
	}
}

// Clock is the clock to go by.
func Clock() func() time.Time {
	text := os.Getenv("TRACKWARDEN_CLOCK")
	if text == "" {
		return time.Now
	}
	from, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic("TRACKWARDEN_CLOCK is no time: " + text)
	}
	began := time.Now()
	return func() time.Time { return from.Add(time.Since(began)) }
}
