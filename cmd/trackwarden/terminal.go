package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"
	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"
)

// printer writes results for people. Text from trackers is made harmless on
// its way: no escape sequences, no direction marks, one line.
type printer struct {
	w      io.Writer
	colour bool
	width  int // 0: not a terminal, do not wrap
}

func newPrinter(w io.Writer) *printer {
	p := &printer{w: w, colour: colourful(w)}
	if f, ok := w.(*os.File); ok && onTerminal(w) {
		p.width, _, _ = term.GetSize(int(f.Fd()))
	}
	return p
}

func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// line prints one line.
func (p *printer) line(format string, args ...any) { fmt.Fprintf(p.w, format+"\n", args...) }

// heading prints a line that begins a part.
func (p *printer) heading(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if p.colour {
		text = lipgloss.NewStyle().Bold(true).Render(text)
	}
	fmt.Fprintf(p.w, "\n%s\n", text)
}

// table prints aligned columns under headers. On a terminal the widest columns
// wrap until all fit.
func (p *printer) table(headers []string, rows [][]string) {
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
	}
	if p.width > 0 {
		wrap(headers, rows, p.width)
	}
	t := table.New().Headers(headers...).Rows(rows...).
		Border(lipgloss.HiddenBorder()).BorderTop(false).BorderBottom(false).BorderLeft(false).
		BorderRight(false).BorderHeader(false).BorderColumn(false).
		StyleFunc(func(row, col int) lipgloss.Style {
			style := lipgloss.NewStyle().PaddingRight(2)
			if row == table.HeaderRow {
				return style.Bold(true).Faint(true)
			}
			if col < len(rows[row]) {
				style = paint(style, rows[row][col])
			}
			return style
		})
	text := t.Render()
	profile := colorprofile.NoTTY
	if p.colour {
		profile = colorprofile.ANSI
	}
	out := &colorprofile.Writer{Forward: p.w, Profile: profile}
	for line := range strings.SplitSeq(text, "\n") {
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
}

// wrap breaks the texts of the widest columns until a row fits into width. No
// column gets narrower than a word: the terminal breaks what is still too long.
func wrap(headers []string, rows [][]string, width int) {
	const word, gap = 10, 2
	columns, total := make([]int, len(headers)), gap*(len(headers)-1)
	for i, header := range headers {
		columns[i] = lipgloss.Width(header)
		for _, row := range rows {
			columns[i] = max(columns[i], lipgloss.Width(row[i]))
		}
		total += columns[i]
	}
	for ; total > width; total-- {
		widest := slices.Index(columns, slices.Max(columns))
		if columns[widest] <= word {
			break
		}
		columns[widest]--
	}
	for _, row := range rows {
		for i := range row {
			row[i] = lipgloss.Wrap(row[i], columns[i], "/")
		}
	}
}

// paint colours the words that carry weight.
func paint(style lipgloss.Style, word string) lipgloss.Style {
	switch word {
	case "error", "failed", "no":
		return style.Foreground(lipgloss.Red)
	case "warning", "suspect", "unknown":
		return style.Foreground(lipgloss.Yellow)
	case "complete", "yes":
		return style.Foreground(lipgloss.Green)
	}
	return style
}

// harmless makes text from a tracker safe to print: control characters, among
// them escape sequences, and marks that turn the direction of text are dropped.
func harmless(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)), " ")
}

var (
	plus  = lipgloss.NewStyle().Foreground(lipgloss.Green)
	minus = lipgloss.NewStyle().Foreground(lipgloss.Red)
)

func (p *printer) bold(text string) string { return p.tint(text, lipgloss.NewStyle().Bold(true)) }

func (p *printer) tint(text string, style lipgloss.Style) string {
	if !p.colour {
		return text
	}
	return style.Render(text)
}
