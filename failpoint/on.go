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
	once   sync.Once
	met    map[string]int // how often each point was passed, by its name
	armed  string         // the point to die at
	stop   string         // the point to be stopped at
	points *os.File
}

// Hit is where the process may die. The words say which place it is; the name
// of the exported function around it is added to them.
func Hit(words ...string) {
	state.once.Do(arm)
	state.Lock()
	defer state.Unlock()
	name := strings.Join(words, " ") + " in " + around()
	state.met[name]++
	name += "#" + strconv.Itoa(state.met[name])
	if state.points != nil {
		fmt.Fprintln(state.points, name)
	}
	if name == state.stop {
		_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
		time.Sleep(50 * time.Millisecond) // until it arrives; then until somebody wakes us
	}
	if name == state.armed {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // until it arrives; nothing else may happen now
	}
}

func arm() {
	state.met, state.armed, state.stop = map[string]int{}, os.Getenv("TRACKWARDEN_FAILPOINT"), os.Getenv("TRACKWARDEN_FAILSTOP")
	path := os.Getenv("TRACKWARDEN_FAILPOINTS")
	if path == "" {
		return
	}
	var err error
	if state.points, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		panic(err)
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
