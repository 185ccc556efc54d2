package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
)

var perSecond = regexp.MustCompile(`([0-9.]+) items/cpu-s`)

// measureEvaluate runs the Go benchmark that judges stored items and stores
// nothing, and takes the middle of three runs.
func measureEvaluate(ctx context.Context, b *bench) ([]row, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^BenchmarkEvaluate$", "-benchtime", "2x", "-count", "3", "./sync/evaluate")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Env = &out, b.log, append(os.Environ(), "CGO_ENABLED=0")
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("run the benchmark: %w: %s", err, out.String())
	}
	var all []float64
	for _, found := range perSecond.FindAllStringSubmatch(out.String(), -1) {
		n, err := strconv.ParseFloat(found[1], 64)
		if err != nil {
			return nil, fmt.Errorf("read the benchmark: %w", err)
		}
		all = append(all, n)
	}
	if len(all) == 0 {
		return nil, errors.New("the benchmark says nothing")
	}
	return []row{{
		measure: "evaluation alone, items per second and core, from stored items", figure: median(all), target: 20_000, least: true,
		note: fmt.Sprintf("`BenchmarkEvaluate` in sync/evaluate, median of %d", len(all)),
	}}, nil
}
