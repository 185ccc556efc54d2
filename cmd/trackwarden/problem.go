package main

import (
	"errors"
	"fmt"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/config"
)

// told ends a connection's error with what to do about it. A secret that cannot
// be read is said alone: where it was needed is no news.
func told(err error) error {
	var secret *config.SecretError
	switch {
	case errors.As(err, &secret):
		return secret
	case errors.Is(err, backlog.ErrUnauthorized):
		return fmt.Errorf("%w: check auth: the user and the token belong together, the token is not expired and has the rights of docs/trackers.md", err)
	case errors.Is(err, backlog.ErrUnavailable):
		return fmt.Errorf("%w: check that url is right and that this machine reaches it; every pass tries again", err)
	}
	return err
}
