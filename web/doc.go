// Package web is the daemon's door: whether it lives and is ready, its metrics,
// and the webhooks of trackers. It believes nobody: whoever knocks can at most
// make it look at a tracker once more. The dashboard and the HTTP API will
// live here, too.
package web
