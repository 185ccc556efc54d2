package engine

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/trackwarden/trackwarden/backlog"
)

// What one policy may say of one subject. More violations are counted in the
// last one; more of anything else makes the policy fail.
const (
	maxViolations = 20
	maxMessage    = 300     // runes; longer ones are cut
	maxEvidence   = 2 << 10 // bytes as JSON
	maxDepth      = 4       // of evidence
	maxAbout      = 20
)

// fingerprinted is a violation with what it is sorted by.
type fingerprinted struct {
	backlog.Violation
	print string
}

// readViolations reads the violations of one policy into their one order. Two
// with the same evidence are one finding.
func readViolations(policy string, found ast.Set) ([]backlog.Violation, error) {
	all := make([]fingerprinted, 0, found.Len())
	if err := found.Iter(func(t *ast.Term) error {
		v, err := readViolation(t)
		all = append(all, fingerprinted{v, backlog.Fingerprint(policy, v.Evidence)})
		return err
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b fingerprinted) int {
		return cmp.Or(strings.Compare(a.print, b.print), strings.Compare(a.Message, b.Message), slices.Compare(a.About, b.About))
	})
	all = slices.CompactFunc(all, func(a, b fingerprinted) bool { return a.print == b.print })
	more := len(all) - maxViolations
	violations := make([]backlog.Violation, 0, min(len(all), maxViolations))
	for _, v := range all[:min(len(all), maxViolations)] {
		violations = append(violations, v.Violation)
	}
	if more > 0 {
		violations[maxViolations-1].Message += fmt.Sprintf(" (and %d more)", more)
	}
	return violations, nil
}

func readViolation(t *ast.Term) (backlog.Violation, error) {
	var v backlog.Violation
	object, ok := t.Value.(ast.Object)
	if !ok {
		return v, errors.New("it is not an object")
	}
	err := object.Iter(func(key, value *ast.Term) error {
		var err error
		switch name, _ := asText(key); name {
		case "policy": // checked when loaded
		case "message":
			v.Message, err = readMessage(value)
		case "evidence":
			v.Evidence, err = readEvidence(value)
		case "about":
			v.About, err = readAbout(value)
		default:
			err = fmt.Errorf("%s is not part of a violation", key)
		}
		return err
	})
	switch {
	case err != nil:
		return v, err
	case v.Message == "":
		return v, errors.New("it has no message")
	case v.Evidence == nil:
		return v, errors.New("it has no evidence")
	}
	return v, nil
}

// readMessage makes one line of a message. What it says is still hostile:
// whoever shows it escapes it.
func readMessage(t *ast.Term) (string, error) {
	text, ok := asText(t)
	if !ok {
		return "", errors.New("the message is not a text")
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxMessage {
		text = strings.TrimSpace(string(runes[:maxMessage-1])) + "…"
	}
	return text, nil
}

func readEvidence(t *ast.Term) (map[string]any, error) {
	plain, err := plainValue(t.Value, maxDepth)
	if err != nil {
		return nil, fmt.Errorf("the evidence %w", err)
	}
	evidence, ok := plain.(map[string]any)
	if !ok {
		return nil, errors.New("the evidence is not an object")
	}
	encoded, err := json.Marshal(evidence)
	if err != nil {
		return nil, fmt.Errorf("the evidence %w", err)
	}
	if len(encoded) > maxEvidence {
		return nil, fmt.Errorf("the evidence has %d bytes, more than %d", len(encoded), maxEvidence)
	}
	return evidence, nil
}

func readAbout(t *ast.Term) ([]string, error) {
	plain, err := plainValue(t.Value, 1)
	list, ok := plain.([]any)
	if err != nil || !ok || len(list) > maxAbout {
		return nil, fmt.Errorf("about is not a list of at most %d keys", maxAbout)
	}
	about := make([]string, len(list))
	for i, key := range list {
		if about[i], ok = key.(string); !ok {
			return nil, errors.New("about is not a list of texts")
		}
	}
	return about, nil
}
