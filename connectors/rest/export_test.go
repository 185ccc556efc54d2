package rest

import (
	"crypto/x509"
	"net"
)

// Trust lets a test's client trust a test's certificates.
func Trust(c *Client, roots *x509.CertPool) {
	c.wire.TLSClientConfig.RootCAs = roots
}

// ResolveBy lets a test answer for the names.
func ResolveBy(c *Client, r *net.Resolver) { c.dialer.resolver = r }
