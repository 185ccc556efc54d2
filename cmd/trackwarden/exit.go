package main

import (
	"errors"
	"fmt"
)

// Exit statuses. Wrong usage comes before incomplete data, incomplete data
// before findings.
const (
	exitClean      = 0
	exitFindings   = 1 // findings at or above --fail-on
	exitUsage      = 2 // wrong usage or configuration, or a policy that does not compile
	exitIncomplete = 3 // a connection failed, or coverage is in doubt
)

// exitError ends a command with a status. A nil Err says nothing more, because
// everything was printed already.
type exitError struct {
	Code int
	Err  error
}

func (e *exitError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("exit status %d", e.Code)
	}
	return e.Err.Error()
}

func (e *exitError) Unwrap() error { return e.Err }

// usage is an error that the user mends by calling or configuring differently.
func usage(err error) error { return &exitError{Code: exitUsage, Err: err} }

// incomplete is an error after which nobody can say how things are.
func incomplete(err error) error { return &exitError{Code: exitIncomplete, Err: err} }

// status finds the exit status of a command's error. Errors that no command
// has classified come from cobra and mean wrong usage.
func status(err error) int {
	var exit *exitError
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &exit):
		return exit.Code
	default:
		return exitUsage
	}
}
