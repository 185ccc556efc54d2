package rest_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// certified is a site with a certificate made for it; the pool trusts it.
func certified(t *testing.T, edit func(*x509.Certificate), config *tls.Config, answer http.HandlerFunc) (*httptest.Server, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	edit(form)
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	config.Certificates = []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}
	server := httptest.NewUnstartedServer(answer)
	server.TLS = config
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	t.Cleanup(server.Close)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return server, pool
}

func TestH19OnlyAGoodCertificateIsSpokenTo(t *testing.T) {
	right := func(*x509.Certificate) {}
	for name, tc := range map[string]struct {
		edit    func(*x509.Certificate)
		most    uint16 // version of TLS
		trusted bool
		passes  bool
	}{
		"good":             {right, 0, true, true},
		"TLS 1.2":          {right, tls.VersionTLS12, true, true},
		"unknown issuer":   {right, 0, false, false},
		"expired":          {func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) }, 0, true, false},
		"not yet":          {func(c *x509.Certificate) { c.NotBefore = time.Now().Add(30 * time.Minute) }, 0, true, false},
		"of another host":  {func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 9)} }, 0, true, false},
		"for another name": {func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"localhost"} }, 0, true, false},
		"TLS 1.0":          {right, tls.VersionTLS10, true, false},
		"TLS 1.1":          {right, tls.VersionTLS11, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			hits := 0
			home, pool := certified(t, tc.edit, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tc.most}, func(w http.ResponseWriter, _ *http.Request) { hits++; ok(w) })
			c := open(t, quick(home.URL))
			if tc.trusted {
				rest.Trust(c, pool)
			}
			_, err := ask(t, c, "POST", home.URL, "{}")
			if (err == nil) != tc.passes || (hits > 0) != tc.passes {
				t.Errorf("%v after %d requests", err, hits)
			}
			if err != nil && failure(t, err).Sent {
				t.Errorf("something was sent: %v", err)
			}
		})
	}
}

// A server that lets a client begin to shake hands and then resets the
// connection.
func TestH21AResetHandshakeSendsNothing(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 50)) // some of the first message
			_ = conn.(*net.TCPConn).SetLinger(0)
			_ = conn.Close()
		}
	}()
	s := quick("https://" + listener.Addr().String())
	_, err = ask(t, open(t, s), "POST", s.BaseURL, "{}")
	if e := failure(t, err); e.Sent {
		t.Errorf("sent within a handshake: %v", err)
	}
}
