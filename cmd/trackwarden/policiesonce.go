package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// benchOnce reads and judges each input file once, one after the other, and
// says for each level what a file took, reading included.
func (s *session) benchOnce(ctx context.Context, library *engine.Library, flags benchFlags) error {
	if flags.inputs == "" || flags.save != "" {
		return usage(errors.New("--once goes with --inputs and without --save"))
	}
	files, err := filepath.Glob(filepath.Join(flags.inputs, "*.json"))
	if err != nil || len(files) == 0 {
		return usage(fmt.Errorf("there is no .json file in %s: name a folder with inputs", flags.inputs))
	}
	levels := map[backlog.Level]*engine.Cost{}
	var reader engine.InputReader
	for _, file := range files[:min(len(files), flags.items)] {
		if err := once(ctx, library, &reader, file, levels); err != nil {
			return err
		}
	}
	var costs []engine.Cost
	for _, c := range levels {
		c.Each /= time.Duration(c.Inputs)
		costs = append(costs, *c)
	}
	slices.SortFunc(costs, func(a, b engine.Cost) int { return strings.Compare(string(a.Level), string(b.Level)) })
	return s.printCosts(costs, min(len(files), flags.items))
}

// once judges one file and adds it to its level.
func once(ctx context.Context, library *engine.Library, reader *engine.InputReader, file string, levels map[backlog.Level]*engine.Cost) error {
	begun := time.Now()
	in, err := readInput(reader, file)
	if err != nil {
		return err
	}
	result, err := library.Evaluate(ctx, in)
	if err != nil {
		return incomplete(err)
	}
	if levels[in.Level] == nil {
		levels[in.Level] = &engine.Cost{Level: in.Level}
	}
	c := levels[in.Level]
	c.Inputs, c.Each = c.Inputs+1, c.Each+time.Since(begun)
	if len(result.Violations) > 0 {
		c.Found++
	}
	if len(result.Failed) > 0 {
		c.Failed++
	}
	return nil
}
