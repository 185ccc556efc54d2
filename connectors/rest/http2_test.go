package rest_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/http2"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// In HTTP/2 a server may refuse a stream, or say goodbye in the middle of one.
// net/http would send some requests again by itself; a write is sent once.
func TestH22AWriteIsNotReplayedInHTTP2(t *testing.T) {
	for name, end := range map[string]func(*http2.Framer, uint32){
		"refused":              func(f *http2.Framer, id uint32) { _ = f.WriteRSTStream(id, http2.ErrCodeRefusedStream) },
		"goodbye, unprocessed": func(f *http2.Framer, id uint32) { _ = f.WriteGoAway(id-1, http2.ErrCodeNo, nil) },
		"goodbye, processed":   func(f *http2.Framer, id uint32) { _ = f.WriteGoAway(id, http2.ErrCodeNo, nil) },
		"internal error":       func(f *http2.Framer, id uint32) { _ = f.WriteRSTStream(id, http2.ErrCodeInternal) },
	} {
		for _, method := range []string{"POST", "PUT", "PATCH"} {
			t.Run(name+" "+method, func(t *testing.T) {
				t.Parallel()
				url, pool, bodies := framed(t, end)
				s := quick(url)
				s.Timeout = time.Second
				c := open(t, s)
				rest.Trust(c, pool)
				_, err := ask(t, c, method, url+"/comment", `{"body":"hello"}`)
				if r := rest.Outcome(err); r.Outcome != backlog.Unknown {
					t.Errorf("outcome %+v of %v, want unknown", r, err)
				}
				if n := bodies.Load(); n != 1 {
					t.Errorf("the write arrived %d times", n)
				}
			})
		}
	}
}

// framed is a server that reads each HTTP/2 request to its end, counts it, ends
// its stream in its own way and closes.
func framed(t *testing.T, end func(*http2.Framer, uint32)) (string, *x509.CertPool, *atomic.Int64) {
	t.Helper()
	other, pool := certified(t, func(*x509.Certificate) {}, &tls.Config{MinVersion: tls.VersionTLS12}, func(http.ResponseWriter, *http.Request) {})
	config := &tls.Config{Certificates: other.TLS.Certificates, NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS12}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	var bodies atomic.Int64
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go speak(conn, &bodies, end)
		}
	}()
	return "https://" + listener.Addr().String(), pool, &bodies
}

func speak(conn net.Conn, bodies *atomic.Int64, end func(*http2.Framer, uint32)) {
	defer conn.Close()
	if _, err := io.ReadFull(conn, make([]byte, len(http2.ClientPreface))); err != nil {
		return
	}
	f := http2.NewFramer(conn, conn)
	_ = f.WriteSettings()
	for {
		frame, err := f.ReadFrame()
		if err != nil {
			return
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				_ = f.WriteSettingsAck()
			}
		case *http2.DataFrame:
			if frame.StreamEnded() {
				bodies.Add(1)
				end(f, frame.StreamID)
			}
		}
	}
}
