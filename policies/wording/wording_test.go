package wording_test

import (
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/trackwarden/trackwarden/backlog"
	"github.com/trackwarden/trackwarden/policies/wording"
)

func TestAStoryIsReadWhole(t *testing.T) {
	ease := 85.0
	for _, tc := range []struct {
		sentence string
		criteria []string
		want     wording.Story
	}{
		{
			"As a user, I want to search and to easily buy shoes (all sizes) so that I save time. Also boots.", []string{"It is fast", "etc."},
			wording.Story{
				Language: "en", Words: 19, Conjunctions: []string{"and"}, Vague: []string{"easily"}, Brackets: true, Extra: "Also boots.",
				GenericRole: true, ReadingEase: &ease, VagueCriteria: []string{"fast", "etc"},
			},
		},
		{
			"Als Kundin oder Gast möchte ich Rechnungen ansehen", nil,
			wording.Story{Language: "de", Words: 8, Conjunctions: []string{"oder"}, Missing: []string{"ends"}},
		},
		{"Tune the index", []string{"Die Suche ist schnell und gut", "nothing"}, wording.Story{VagueCriteria: []string{"schnell", "gut"}}},
		{"", nil, wording.Story{}},
	} {
		got := reader(t).Read(tc.sentence, tc.criteria)
		if tc.want.Language != "" {
			tc.want.Sentence = tc.sentence
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.sentence, diff)
		}
	}
}

// What looks like a defect and is none.
func TestNothingIsHeldAgainst(t *testing.T) {
	for _, sentence := range []string{
		"As a caller, I want a text at 7 a.m. on workdays so that I am awake.",
		"As a shopper, I want to read [the terms](https://shop.example/(a)) so that I know them.",
		"As a clerk, I want to attach my file(s) so that they are found.",
		"As a buyer who compares and waits, I want one list so that I choose well in time.",
		"Als Leser/in möchte ich Bücher merken, damit ich sie finde.",
		"Als Kundin möchte ich z. B. Schuhe finden, damit ich laufen kann.",
		"Als Gast möchte ich die roten und blauen Felder sehen, damit ich wähle.",
		"As a rider, I want to see the price of a ride, and when it ends so that I can pay.",
		"As a rider, I want a bell so that I need no horn.",
	} {
		s := reader(t).Read(sentence, nil)
		if s.Language == "" || len(s.Conjunctions)+len(s.Vague)+len(s.Repeated)+len(s.Missing) > 0 || s.Brackets || s.Extra != "" {
			t.Errorf("%s: %+v", sentence, s)
		}
	}
}

func TestSyllables(t *testing.T) {
	// Ten words of known syllables: 206.835 - 10.15 - 8.46 n and 180 - 10 - 5.85 n.
	for sentence, want := range map[string]float64{
		"As a cat I want to see the red box":                          math.Round(206.835 - 10.15 - 84.6*10/10),
		"As a nurse I need a table named added idea now":              math.Round(206.835 - 11 - 84.6*15/11 - 0.165),
		"Als Gast will ich die neuen Theater finden, damit ich tanze": math.Round(180 - 11 - 58.5*17/11),
	} {
		if got := reader(t).Read(sentence, nil).ReadingEase; got == nil || math.Abs(*got-want) > 0.5 {
			t.Errorf("%s: %v, want %v", sentence, *got, want)
		}
	}
}

// Whatever people type takes no longer than a page does and stays text.
func TestHostileTexts(t *testing.T) {
	long := strings.Repeat("and ( ", 20_000)
	for _, sentence := range []string{
		"As a " + long, "As a shopper, I want " + long, "As a x, I want " + strings.Repeat("ä/", 40_000), "As a\x00\xff, I want \xf0\x9f", "als", "as",
		"As a x, I want y so that", "As a İ, I WANT İ SO THAT İ.", "I want", strings.Repeat("As a x, I want y so that z. ", 9_000), "As a x, I want [[[[[((((" + strings.Repeat("[", 50_000),
	} {
		began := time.Now()
		s := reader(t).Read(sentence, []string{long, sentence, "\xff"})
		if took := time.Since(began); took > time.Second {
			t.Errorf("%.40q took %v", sentence, took)
		}
		if len(s.Sentence) > wording.MaxSentence || utf8.ValidString(sentence) && !utf8.ValidString(s.Extra) {
			t.Errorf("%.40q: %d bytes, extra %q", sentence, len(s.Sentence), s.Extra)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, half := range []string{"tuning", "heldback"} {
		for _, stories := range examples(f, half) {
			for _, e := range stories {
				f.Add(e.Text, strings.Join(e.Criteria, "\n"))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text, criteria string) {
		sentence := backlog.ReadText(backlog.Sources{Body: text}).Sentence
		for _, of := range []string{sentence, text} {
			s := reader(t).Read(of, strings.Split(criteria, "\n"))
			if s.Extra != "" && !strings.HasSuffix(of, s.Extra) && len(of) <= wording.MaxSentence {
				t.Errorf("extra %q is not the end of %q", s.Extra, of)
			}
			if s.Words < 0 || s.Language == "" && (s.Words > 0 || s.Vague != nil) {
				t.Errorf("%q: %+v", of, s)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	type asked struct {
		sentence string
		criteria []string
	}
	var all []asked
	for _, stories := range examples(b, "tuning") {
		for _, e := range stories {
			all = append(all, asked{backlog.ReadText(backlog.Sources{Body: e.Text}).Sentence, e.Criteria})
		}
	}
	r, i := reader(b), 0
	b.ReportAllocs()
	for b.Loop() {
		r.Read(all[i%len(all)].sentence, all[i%len(all)].criteria)
		i++
	}
}
