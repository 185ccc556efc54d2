// Package web is the daemon's door: whether it lives and whether it is ready.
// The dashboard, the HTTP API, webhooks and metrics will live here, too.
package web
