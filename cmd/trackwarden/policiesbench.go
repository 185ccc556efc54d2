package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/engine"
)

// benchFlags is what policies bench is told.
type benchFlags struct {
	inputs, save string
	items        int
	least        time.Duration
	once         bool
}

func policiesBenchCommand(s *session) *cobra.Command {
	var flags benchFlags
	cmd := &cobra.Command{
		Use: "bench [FOLDER…]", Short: "Say which policies are the slowest",
		Long: `Judges items of the stored backlog, or inputs given as JSON files, again and
again on one core: by each policy alone, and by all of a level together as a pass
does. Alone only the judging is measured; together building the input is, too.
The slowest come first.

An input file holds one document, as policies test --input prints it and as
conftest reads it; --save writes those that were measured. With --once each file
is read and judged once and nothing is measured alone, which is what other tools
do with such files. Without a folder the policies are those that the configuration
switches on somewhere.`,
		Example: `  trackwarden policies bench
  trackwarden policies bench ./policies --items 500 --save ./inputs
  trackwarden policies bench --inputs ./inputs
  trackwarden policies bench --inputs ./inputs --items 20000 --once`,
		RunE: func(cmd *cobra.Command, folders []string) error {
			return s.benchPolicies(cmd.Context(), folders, flags)
		},
	}
	cmd.Flags().StringVar(&flags.inputs, "inputs", "", "take the inputs from the JSON files of this `FOLDER`, not from the store")
	cmd.Flags().StringVar(&flags.save, "save", "", "write the inputs to this `FOLDER`, a file each")
	cmd.Flags().IntVar(&flags.items, "items", 2000, "at most so many items, drawn evenly from all")
	cmd.Flags().DurationVar(&flags.least, "time", 200*time.Millisecond, "measure each policy for so long")
	cmd.Flags().BoolVar(&flags.once, "once", false, "read and judge each of the --inputs once, from file to finding")
	s.jsonFlags(cmd)
	return cmd
}

// benchContract is what policies bench prints.
type benchContract struct {
	Schema   int            `json:"schema"`
	Inputs   int            `json:"inputs"`
	Policies []costContract `json:"policies"`
}

type costContract struct {
	Policy   string        `json:"policy"` // empty: all of the level together
	Level    backlog.Level `json:"level"`
	Inputs   int           `json:"inputs"`
	Each     float64       `json:"microseconds"` // for one input
	PerSec   float64       `json:"perSecond"`
	Findings int           `json:"findings"` // inputs in which something is wrong
	Failed   int           `json:"failed"`   // inputs that could not be judged
}

func (s *session) benchPolicies(ctx context.Context, folders []string, flags benchFlags) error {
	if flags.items < 1 {
		return usage(fmt.Errorf("--items is a number of items, 1 or more, not %d", flags.items))
	}
	r, err := s.rulesOf(ctx, folders)
	if err != nil {
		return err
	}
	library, err := s.switchedOn(ctx, r.Library)
	if err != nil {
		return err
	}
	if flags.once {
		return s.benchOnce(ctx, library, flags)
	}
	inputs, err := s.benchInputs(ctx, library, flags)
	if err != nil {
		return err
	}
	if len(inputs) == 0 {
		return usage(errors.New("there is nothing to judge: run trackwarden check first, or name a folder of inputs with --inputs"))
	}
	if flags.save != "" {
		if err := saveInputs(flags.save, inputs); err != nil {
			return usage(err)
		}
	}
	costs, err := library.Measure(ctx, inputs, time.Now, flags.least)
	if err != nil {
		return incomplete(err)
	}
	return s.printCosts(costs, len(inputs))
}

func (s *session) printCosts(costs []engine.Cost, inputs int) error {
	c := benchContract{Schema: contractSchema, Inputs: inputs, Policies: []costContract{}}
	for _, cost := range costs {
		c.Policies = append(c.Policies, costContract{
			cost.Policy, cost.Level, cost.Inputs, float64(cost.Each.Nanoseconds()) / 1000, perSecond(cost.Each), cost.Found, cost.Failed,
		})
	}
	if s.json() {
		return printJSON(s.out, c)
	}
	newPrinter(s.out).bench(c)
	return nil
}

func perSecond(each time.Duration) float64 {
	return float64(time.Second) / float64(max(each, 1))
}

// switchedOn are the policies that the configuration switches on somewhere;
// without a configuration all.
func (s *session) switchedOn(ctx context.Context, library *engine.Library) (*engine.Library, error) {
	cfg, err := s.perhaps()
	if err != nil || cfg == nil {
		return library, err
	}
	some, err := library.Only(ctx, func(p engine.Policy) bool { return cfg.PolicyHolds(p.ID, p.Bundles) })
	if err != nil {
		return nil, usage(fmt.Errorf("load policies: %w", err))
	}
	return some, nil
}

func (s *session) benchInputs(ctx context.Context, library *engine.Library, flags benchFlags) ([]engine.Input, error) {
	if flags.inputs != "" {
		return readInputs(flags.inputs, flags.items)
	}
	a, err := s.stored(ctx, library)
	if err != nil {
		return nil, err
	}
	defer a.close()
	trial, err := a.try(ctx, a.judging(), library)
	if err != nil {
		return nil, err
	}
	if flags.save != "" {
		trial.Whole()
	}
	d := newDraw[engine.Input](flags.items)
	err = trial.Inputs(ctx, func(in engine.Input) error { d.offer(in); return nil })
	if err != nil {
		return nil, incomplete(err)
	}
	return d.drawn, nil
}

// draw keeps some of many, each as likely as any other, and the same ones
// every time.
type draw[T any] struct {
	most, seen int
	drawn      []T
	dice       *rand.Rand
}

func newDraw[T any](most int) *draw[T] {
	return &draw[T]{most: most, dice: rand.New(rand.NewPCG(1, 2))}
}

func (d *draw[T]) offer(one T) {
	d.seen++
	if len(d.drawn) < d.most {
		d.drawn = append(d.drawn, one)
	} else if i := d.dice.IntN(d.seen); i < d.most {
		d.drawn[i] = one
	}
}

// readInputs reads the JSON files of a folder, in the order of their names.
func readInputs(folder string, most int) ([]engine.Input, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, usage(fmt.Errorf("there is no .json file in %s: name a folder with inputs", folder))
	}
	d := newDraw[string](most)
	for _, file := range files {
		d.offer(file)
	}
	slices.Sort(d.drawn)
	var inputs []engine.Input
	var reader engine.InputReader
	for _, file := range d.drawn {
		in, err := readInput(&reader, file)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, in)
	}
	return inputs, nil
}

func readInput(reader *engine.InputReader, file string) (engine.Input, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return engine.Input{}, usage(fmt.Errorf("read input: %w", err))
	}
	in, err := reader.Read(text)
	if err != nil {
		return engine.Input{}, usage(fmt.Errorf("%s: %w", file, err))
	}
	return in, nil
}

// saveInputs writes each input to a file of its own.
func saveInputs(folder string, inputs []engine.Input) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	for i, in := range inputs {
		text, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("write input: %w", err)
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%06d.json", i+1)), text, 0o600); err != nil {
			return fmt.Errorf("write input: %w", err)
		}
	}
	return nil
}

func (p *printer) bench(c benchContract) {
	var rows [][]string
	for _, cost := range c.Policies {
		name := cost.Policy
		if name == "" {
			name = "all of " + string(cost.Level)
		}
		rows = append(rows, []string{
			name, strconv.Itoa(cost.Inputs), fmt.Sprintf("%.1f", cost.Each), fmt.Sprintf("%.0f", cost.PerSec),
			strconv.Itoa(cost.Findings), strconv.Itoa(cost.Failed),
		})
	}
	p.table([]string{"POLICY", "INPUTS", "MICROSECONDS", "PER SECOND", "FINDINGS", "FAILED"}, rows)
}
