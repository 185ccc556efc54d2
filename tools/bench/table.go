package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// row is a figure and what it should be.
type row struct {
	measure string
	figure  float64
	target  float64
	least   bool // the target is a lower bound
	unit    string
	note    string // what it is made of
}

// ratio is how much of the target is used up: 1 or less meets it.
func (r row) ratio() float64 {
	if r.least {
		return r.target / r.figure
	}
	return r.figure / r.target
}

// occasion is when and how the measures were taken.
type occasion struct {
	began time.Time
	spent time.Duration
	quiet []time.Duration // what the known piece of work took, before each measure and at the end
}

// writeTable prints the rows as Markdown. A ratio of 1 or less meets the target.
func writeTable(out io.Writer, rows []row, when occasion) error {
	var t strings.Builder
	fmt.Fprintf(&t, "%s, %s on %d processors, %s/%s, in %s. A known piece of work took %s to %s of processor time, %s in the middle.\n\n",
		when.began.Format(time.DateOnly), runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, when.spent.Round(time.Second),
		slices.Min(when.quiet).Round(time.Millisecond), slices.Max(when.quiet).Round(time.Millisecond), median(when.quiet).Round(time.Millisecond))
	t.WriteString("| measure | figure | target | ratio | | made of |\n|---|---:|---:|---:|---|---|\n")
	for _, r := range rows {
		sign, verdict := "≤", "met"
		if r.least {
			sign = "≥"
		}
		if r.ratio() > 1 {
			verdict = "**missed**"
		}
		fmt.Fprintf(&t, "| %s | %s%s | %s %s%s | %.2f | %s | %s |\n",
			r.measure, number(r.figure), r.unit, sign, number(r.target), r.unit, r.ratio(), verdict, r.note)
	}
	if _, err := io.WriteString(out, t.String()); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	return nil
}

// number has three digits that mean something, and separators.
func number(x float64) string {
	switch {
	case x < 10:
		return strconv.FormatFloat(x, 'g', 3, 64)
	case x < 100:
		return strconv.FormatFloat(x, 'f', 1, 64)
	default:
		return thousands(int(x + 0.5))
	}
}

func thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
