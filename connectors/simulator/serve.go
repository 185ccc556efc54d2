package simulator

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Serve listens on loopback (addr "127.0.0.1:0" takes any free port) and
// returns the base URL, without a slash at its end, and a function that stops
// serving and breaks open connections. An address that is not on loopback is an
// error: a simulator knows no secrets worth its protection.
func Serve(addr string, h http.Handler) (url string, stop func(), err error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return "", nil, fmt.Errorf("read address %q: %w", addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", nil, fmt.Errorf("listen on %q: not a loopback address", addr)
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("listen on %q: %w", addr, err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // always ends with an error: ErrServerClosed after stop
	}()
	stop = func() {
		_ = server.Close() // the listener may be closed already
		<-done
	}
	return "http://" + listener.Addr().String(), stop, nil
}
