package survey

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"github.com/trackwarden/trackwarden/backlog"
)

// Two texts are told as duplicates when they have at least this share of their
// words in common.
const (
	leastSame     = 0.8
	maxDuplicates = 50
	maxPosting    = 64 // as many texts with a word are compared with a new one
	leastWords    = 3  // shorter texts are duplicates only when they are the same
)

// duplicates finds open items of a team that say the same. Texts that share so
// much of their words share one of their first few in any fixed order, so only
// those that do are compared: the work grows with the number of items, not with
// its square. Texts that differ in a number, such as "part 2" and "part 3", are
// different; so are those of different levels.
type duplicates struct {
	texts    []said
	exact    map[uint64]int
	postings map[posting][]int
	found    int
	pairs    *top[twin]
}

// said is one text of an item: hashes of its words.
type said struct {
	number int64
	what   string
	words  []uint64 // distinct, in the order of the index
}

type posting struct {
	word, numbers uint64
	what          string
	level         backlog.Level
}

// twin is two items that say the same.
type twin struct {
	first, second int64
	same          float64
	what          string
}

func newDuplicates() *duplicates {
	return &duplicates{exact: map[uint64]int{}, postings: map[posting][]int{}, pairs: newTop(maxDuplicates, func(a, b twin) bool {
		return cmp.Or(cmp.Compare(b.same, a.same), cmp.Compare(a.first, b.first), cmp.Compare(a.second, b.second), strings.Compare(b.what, a.what)) < 0
	})}
}

// add compares an item with those before it.
func (d *duplicates) add(e *entry) {
	if !d.compare(e, "title", e.Title) && e.Text.Means != "" {
		d.compare(e, "story", e.Text.Role+" "+e.Text.Means+" "+e.Text.Ends)
	}
}

// compare reports whether the text was found to be a duplicate.
func (d *duplicates) compare(e *entry, what, text string) bool {
	words, numbers := wordsOf(text)
	if len(words) == 0 {
		return false
	}
	me := len(d.texts)
	d.texts = append(d.texts, said{e.Number, what, words})
	whole := hashAll(words, numbers, what+string(e.Level))
	if first, again := d.exact[whole]; again {
		d.note(first, me, 1)
		return true
	}
	d.exact[whole] = me
	if len(words) < leastWords {
		return false
	}
	best, same := -1, 0.0
	for _, word := range words[:prefix(len(words))] {
		key := posting{word, numbers, what, e.Level}
		for _, other := range d.postings[key] {
			if j := jaccard(words, d.texts[other].words); j >= leastSame && j > same {
				best, same = other, j
			}
		}
		d.postings[key] = append(d.postings[key], me)
		if len(d.postings[key]) > maxPosting {
			d.postings[key] = d.postings[key][1:]
		}
	}
	if best >= 0 {
		d.note(best, me, same)
	}
	return best >= 0
}

func (d *duplicates) note(first, second int, same float64) {
	d.found++
	d.pairs.add(twin{d.texts[first].number, d.texts[second].number, same, d.texts[second].what})
}

// prefix is how many words have to be looked at: two sets of which one has so
// many words and that are alike enough share one of them.
func prefix(n int) int {
	common := n * 8 / 10
	if common*10 < n*8 {
		common++
	}
	return n - common + 1
}

// wordsOf cuts a text into distinct words, those with many letters first: they
// are rarer. Numbers are apart.
func wordsOf(text string) (words []uint64, numbers uint64) {
	fields := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	slices.SortFunc(fields, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	for _, word := range slices.Compact(fields) {
		if strings.ContainsFunc(word, unicode.IsDigit) {
			numbers = numbers*31 + hash(word)
			continue
		}
		words = append(words, hash(word))
	}
	return words, numbers
}

// jaccard is the share of words in common. Both lists are in one order, which
// the hashes do not show, so they are looked up.
func jaccard(a, b []uint64) float64 {
	if len(a)*10 < len(b)*8 || len(b)*10 < len(a)*8 {
		return 0
	}
	common := 0
	for _, word := range a {
		if slices.Contains(b, word) {
			common++
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}

func hash(word string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(word)) // never fails
	return h.Sum64()
}

func hashAll(words []uint64, numbers uint64, what string) uint64 {
	sum := hash(what) ^ numbers
	for _, w := range words {
		sum = sum*1099511628211 ^ w
	}
	return sum
}
