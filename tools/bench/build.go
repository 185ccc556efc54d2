package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// build builds both programs into the bench's folder, as make build does.
func (b *bench) build(ctx context.Context) error {
	b.warden, b.simulators = filepath.Join(b.dir, "trackwarden"), filepath.Join(b.dir, "simulators")
	for program, from := range map[string]string{b.warden: "./cmd/trackwarden", b.simulators: "./tools/simulators"} {
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", program, from)
		cmd.Stderr, cmd.Env = b.log, append(os.Environ(), "CGO_ENABLED=0")
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("build %s: %w", from, err)
		}
	}
	return nil
}
