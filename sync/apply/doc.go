// Package apply carries out a plan, one request at a time, so that no crash,
// lost answer or second process can make it write twice.
//
// Every item is read again, fresh and by identity, and planned again on what
// was found. The intent is committed before its first request leaves; each
// request is sent once; its outcome, what we own now and the audit row are
// committed together. A request whose answer was lost stays unknown until a
// quarantine has passed and reading has shown what became of it. It is never
// sent again.
package apply
