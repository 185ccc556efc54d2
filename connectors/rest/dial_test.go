package rest_test

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/connectors/rest"
)

// names is a DNS server on loopback that answers every question for an address
// with the next of its addresses, the last one for ever.
func names(t *testing.T, addresses ...string) (*net.Resolver, *atomic.Int64) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	var asked atomic.Int64
	go func() {
		buffer := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buffer)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buffer[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			at := netip.MustParseAddr(addresses[min(int(asked.Load()), len(addresses)-1)])
			q := m.Questions[0]
			m.Response, m.Authoritative, m.Additionals = true, true, nil
			header := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
			switch {
			case q.Type == dnsmessage.TypeA && at.Is4():
				m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AResource{A: at.As4()}}}
				asked.Add(1)
			case q.Type == dnsmessage.TypeAAAA && at.Is6():
				m.Answers = []dnsmessage.Resource{{Header: header, Body: &dnsmessage.AAAAResource{AAAA: at.As16()}}}
				asked.Add(1)
			}
			if reply, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(reply, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}, &asked
}

// trap listens and counts who connects.
func trap(t *testing.T) (port string, caught *atomic.Int64) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	caught = new(atomic.Int64)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			caught.Add(1)
			_ = conn.Close()
		}
	}()
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	return port, caught
}

// A name that leads into this machine, into the own network or to the metadata
// of a cloud is not followed, whatever it led to before, and nothing is sent.
func TestH20ANameDoesNotLeadInside(t *testing.T) {
	port, caught := trap(t)
	for _, address := range []string{
		"127.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "192.168.1.2", "172.16.0.1",
		"100.64.0.1", "0.0.0.0", "fe80::1", "fd00:ec2::254", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "255.255.255.255", "::",
	} {
		resolver, asked := names(t, address)
		s := quick("https://tracker.example:" + port)
		c := open(t, s)
		rest.ResolveBy(c, resolver)
		_, err := ask(t, c, "POST", s.BaseURL, "{}")
		e := failure(t, err)
		if e.Sent || asked.Load() == 0 || rest.Outcome(err).Outcome != backlog.Refused || !strings.Contains(err.Error(), "allow_networks: [") {
			t.Errorf("%s: %v (sent %t, %d questions)", address, err, e.Sent, asked.Load())
		}
	}
	if n := caught.Load(); n != 0 {
		t.Errorf("the trap was reached %d times", n)
	}
}

// A name is looked at again for every connection.
func TestH20ANameThatFlipsIsCaught(t *testing.T) {
	port, caught := trap(t)
	s := quick("https://tracker.example:" + port)
	s.AllowNetworks = []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}
	c := open(t, s)
	resolver, asked := names(t, "127.0.0.2", "127.0.0.1")
	rest.ResolveBy(c, resolver)
	for n := range 3 {
		_, err := ask(t, c, "POST", s.BaseURL, "{}")
		if forbidden := strings.Contains(err.Error(), "allow_networks"); forbidden != (n > 0) {
			t.Errorf("connection %d: %v", n, err)
		}
	}
	if asked.Load() != 3 || caught.Load() != 0 { // nobody listens on 127.0.0.2
		t.Errorf("%d questions, %d connections to the trap", asked.Load(), caught.Load())
	}
}

// What is configured as an address, or allowed, is where the tracker is.
func TestH20WhatIsConfiguredIsReached(t *testing.T) {
	port, caught := trap(t)
	prefix := netip.MustParsePrefix("127.0.0.0/8")
	for host, allowed := range map[string][]netip.Prefix{"127.0.0.1": nil, "localhost": nil, "tracker.example": {prefix}} {
		before := caught.Load()
		s := quick("https://" + host + ":" + port)
		s.AllowNetworks = allowed
		c := open(t, s)
		resolver, _ := names(t, "127.0.0.1")
		rest.ResolveBy(c, resolver)
		_, err := ask(t, c, "POST", s.BaseURL, "{}")
		if caught.Load() == before || strings.Contains(err.Error(), "allow_networks") {
			t.Errorf("%s was not reached: %v", host, err)
		}
	}
	// An address that is configured does not open the way to others.
	s := quick("https://10.1.2.3:" + port)
	c := open(t, s)
	resolver, _ := names(t, "127.0.0.1")
	rest.ResolveBy(c, resolver)
	if _, err := ask(t, c, "POST", "https://localhost:"+port, "{}"); failure(t, err).Sent {
		t.Error("sent to another host")
	}
}
