package rest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/hashicorp/go-cleanhttp"
)

// dialer opens connections to the tracker, and to nothing that a name may be
// made to lead to: a host that is configured by name must be in the public
// internet, or in a network that the settings allow. The address is looked at
// after the name was resolved and before the connection is made, so it does not
// help to let the name lead elsewhere in between.
type dialer struct {
	host     string // of the tracker, without port
	proxy    string // host:port of the proxy that the environment names; empty: none
	allowed  []netip.Prefix
	resolver *net.Resolver // nil: the system's
}

// newWire is the network as one connection may use it.
func newWire(base *url.URL, s Settings) (*http.Transport, *dialer) {
	d := &dialer{host: strings.ToLower(base.Hostname()), allowed: s.AllowNetworks}
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: base}); err == nil && proxy != nil {
		d.proxy = hostPort(proxy)
	}
	wire := cleanhttp.DefaultPooledTransport()
	wire.DialContext = d.dial
	wire.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	return wire, d
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	out := net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second, Resolver: d.resolver, Control: d.control}
	if strings.EqualFold(address, d.proxy) {
		out.Control = nil // whoever set it knows where it is
	}
	return out.DialContext(ctx, network, address)
}

var errForbiddenNetwork = errors.New("address is in no public network")

// control is called with the resolved address.
func (d *dialer) control(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %q cannot be read", errForbiddenNetwork, address)
	}
	ip := at.Addr().Unmap().WithZone("")
	if d.configured(ip) || public(ip) {
		return nil
	}
	for _, network := range d.allowed {
		if network.Contains(ip) {
			return nil
		}
	}
	return fmt.Errorf("%w: %s leads to %s; if the tracker is in your own network, write allow_networks: [%q] (or the whole network) into the connection",
		errForbiddenNetwork, d.host, ip, netip.PrefixFrom(ip, ip.BitLen()).String())
}

// configured reports whether the settings name this very address as the
// tracker's. The name localhost is an address of this machine.
func (d *dialer) configured(ip netip.Addr) bool {
	if d.host == "localhost" {
		return ip.IsLoopback()
	}
	named, err := netip.ParseAddr(d.host)
	return err == nil && named.Unmap().WithZone("") == ip
}

// reserved are the networks that are not public and that netip has no word for
// (IANA special-purpose registries).
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // shared by a provider's customers
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarks
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"), // IPv4 in an old disguise
	netip.MustParsePrefix("fec0::/10"),
}

// nat64 and sixToFour hold an IPv4 address: the former in their last four
// bytes, the latter after its first two.
var (
	nat64     = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour = netip.MustParsePrefix("2002::/16")
)

// public reports whether an address is in the public internet.
func public(ip netip.Addr) bool {
	if bytes := ip.As16(); ip.Is6() && nat64.Contains(ip) {
		return public(netip.AddrFrom4([4]byte(bytes[12:])))
	} else if ip.Is6() && sixToFour.Contains(ip) {
		return public(netip.AddrFrom4([4]byte(bytes[2:6])))
	}
	for _, network := range reserved {
		if network.Contains(ip) {
			return false
		}
	}
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !ip.IsLoopback() && !ip.IsLinkLocalUnicast()
}
