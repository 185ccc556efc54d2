// Package deploy holds the files with which the daemon is installed. Its tests
// hold them, as far as that goes without a container engine, against the
// program: they build it as the Dockerfile does, and every command, flag and
// path that a file names must exist.
package deploy
