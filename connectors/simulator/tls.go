package simulator

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// ServeTLS is Serve over TLS by the configuration: its certificate may have
// expired, be for another host or from nobody known, and its versions may be
// old.
func ServeTLS(addr string, h http.Handler, config *tls.Config) (url string, stop func(), err error) {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("listen on %q: %w", addr, err)
	}
	if !listener.Addr().(*net.TCPAddr).IP.IsLoopback() {
		_ = listener.Close() // nobody has connected
		return "", nil, fmt.Errorf("listen on %q: not a loopback address", addr)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(tls.NewListener(listener, config)) // always ends with an error
	}()
	stop = func() {
		_ = server.Close() // the listener may be closed already
		<-done
	}
	return "https://" + listener.Addr().String(), stop, nil
}
