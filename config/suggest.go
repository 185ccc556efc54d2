package config

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearest is the known word that was probably meant; empty when none is near.
func nearest(word string, known []string) string {
	best, distance := "", 1+max(1, min(3, (len(word)+1)/3)) // more typing errors make another word
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	return best
}

// meant is the end of a sentence about an unknown word.
func meant(word string, known []string) string {
	if best := nearest(word, known); best != "" {
		return fmt.Sprintf("did you mean %q?", best)
	}
	if len(known) == 0 {
		return "there are none"
	}
	return "there are " + strings.Join(known, ", ")
}
