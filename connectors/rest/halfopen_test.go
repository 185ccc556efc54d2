//go:build unix

package rest_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// A tracker that is there and says nothing: its process is stopped, the
// connection stays. Our deadline ends the request; the connection is not used
// again, and the tracker's return is noticed.
func TestH21ASilentTrackerEndsAtTheDeadline(t *testing.T) {
	if os.Getenv("REST_TEST_TRACKER") != "" {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Peer", r.RemoteAddr)
			ok(w)
		}))
		fmt.Println(server.URL)
		_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // until the test ends
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestH21ASilent")
	child.Env = append(os.Environ(), "REST_TEST_TRACKER=1")
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = child.Process.Kill()
		_ = in.Close()
		_ = child.Wait() // killed
	}()
	url, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url = strings.TrimSpace(url)
	s := quick(url)
	s.Timeout = 300 * time.Millisecond
	c := open(t, s)
	if _, err := ask(t, c, "GET", url, ""); err != nil {
		t.Fatal(err)
	}

	if err := child.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	if _, err := syscall.Wait4(child.Process.Pid, nil, syscall.WUNTRACED, nil); err != nil { // until it has stopped
		t.Fatal(err)
	}
	start := time.Now()
	_, err = ask(t, c, "POST", url, "{}")
	if took := time.Since(start); took > time.Second || rest.Outcome(err).Outcome != backlog.Unknown {
		t.Errorf("a write ended after %s with %v", took, err)
	}
	start = time.Now()
	if _, err := ask(t, c, "GET", url, ""); err == nil || time.Since(start) > 3*time.Second {
		t.Errorf("a read ended after %s with %v", time.Since(start), err)
	}
	if err := child.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	if _, err := ask(t, c, "GET", url, ""); err != nil {
		t.Errorf("it is back, but %v", err)
	}
}
