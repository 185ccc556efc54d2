package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/trackwarden/trackwarden/sync/pull"
)

func TestProgressIsABarOnATerminal(t *testing.T) {
	terminal, screen := pseudoTerminal(t)
	moods := map[string]mood{"shop": func() (time.Time, string) { return time.Now().Add(time.Hour), "quota" }}
	p := newProgress(terminal, time.Now, moods)
	p.Reading(pull.Progress{Connection: "shop", Items: 12300, Total: 100000})
	var shown strings.Builder
	deadline := time.Now().Add(10 * time.Second)
	for buffer := make([]byte, 4096); time.Now().Before(deadline) && !strings.Contains(shown.String(), "quota"); {
		n, err := screen.Read(buffer)
		if err != nil {
			t.Fatal(err)
		}
		shown.Write(buffer[:n])
	}
	p.Done()
	for _, want := range []string{"read shop", "[", "12,300 of 100,000 items", "throttled until", ": quota"} {
		if !strings.Contains(shown.String(), want) {
			t.Errorf("the bar lacks %q: %q", want, shown.String())
		}
	}
}

// pseudoTerminal opens a terminal that nobody sits at, and its screen.
func pseudoTerminal(t *testing.T) (terminal, screen *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { screen.Close() })
	var number, unlocked int32
	size := [4]uint16{24, 160, 0, 0} // rows and columns
	control(t, screen, syscall.TIOCGPTN, unsafe.Pointer(&number))
	control(t, screen, syscall.TIOCSPTLCK, unsafe.Pointer(&unlocked))
	control(t, screen, syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { terminal.Close() })
	return terminal, screen
}

func control(t *testing.T, f *os.File, request uintptr, argument unsafe.Pointer) {
	t.Helper()
	if _, _, failed := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), request, uintptr(argument)); failed != 0 {
		t.Fatalf("control the terminal: %v", failed)
	}
}
