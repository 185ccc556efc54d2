package wording

// parts says where the parts of a sentence are, in words. A part that is not
// there is empty; role and means are without their markers.
type parts struct {
	role, means, ends span
	begun             [3]bool // role, means, ends have their marker
}

type span struct{ from, to int }

// Names of the parts, as policies see them.
const (
	roleName  = "role"
	meansName = "means"
	endsName  = "ends"
)

// split finds the parts: the role at the beginning, then what is wished for up
// to the reason.
func (l *language) split(words []token) parts {
	var p parts
	i := l.at(words, 0, role)
	p.begun[0] = i > 0
	wished, long := l.first(words, i, wish|able)
	// "I want to ensure …" is a wish: a reason does not follow at once.
	reason, reasonLong := l.first(words, max(i, min(wished+long+1, len(words))), ends)
	if early, n := l.first(words, i, ends); early < wished { // a reason before the wish
		reason, reasonLong = early, n
		p.begun[1] = wished < len(words) && l.at(words, wished, wish) > 0
	} else {
		p.begun[1] = wished < len(words)
	}
	p.begun[2] = reason < len(words)
	if p.begun[0] {
		p.role = span{i, l.roleEnd(words, i, min(wished, reason))}
	}
	if p.begun[1] {
		to := reason
		if reason < wished {
			to = len(words)
		}
		p.means = span{wished + long, max(wished+long, to)}
	}
	p.ends = span{min(reason+reasonLong, len(words)), len(words)}
	return p
}

// first is the first place from i on where a phrase of a kind begins, and how
// long it is; the end when there is none.
func (l *language) first(words []token, i int, of kind) (at, long int) {
	for ; i < len(words); i++ {
		if n := l.at(words, i, of); n > 0 {
			return i, n
		}
	}
	return len(words), 0
}

// roleEnd is where a role ends: before a comma, a word such as "who", or what
// follows.
func (l *language) roleEnd(words []token, from, to int) int {
	for i := from + 1; i < to; i++ {
		if words[i].marked || l.at(words, i, roleEnd) > 0 {
			return i
		}
	}
	return max(from, to)
}

func (p *parts) missing() (names []string) {
	for i, name := range []string{roleName, meansName, endsName} {
		if !p.begun[i] {
			names = append(names, name)
		}
	}
	return names
}

// repeated names the parts whose marker is there twice. A second wish counts
// before the reason or where a clause begins, because people also say "so that
// I need no …"; a second role counts where a wish follows.
func (l *language) repeated(words []token, p parts) (names []string) {
	roles, wishes, reasons := 0, 0, 0
	if p.begun[2] {
		reasons = 1
	}
	for i := range words {
		begins := i == 0 || words[i].marked || l.at(words, i-1, join) > 0
		if begins && l.at(words, i, role) > 0 {
			if at, _ := l.first(words[i:min(i+8, len(words))], 1, wish); i == 0 || i+at < min(i+8, len(words)) {
				roles++
			}
		}
		if l.at(words, i, wish) > 0 && (begins || i < p.ends.from || i == p.means.from) {
			wishes++
		}
		if i >= p.ends.from && p.begun[2] && (l.at(words, i, ends) > 1 || words[i].marked && l.at(words, i, ends) > 0) {
			reasons++
		}
	}
	for i, n := range []int{roles, wishes, reasons} {
		if n > 1 {
			names = append(names, []string{roleName, meansName, endsName}[i])
		}
	}
	return names
}

// isGeneric reports whether the whole role is one of the generic ones, with or
// without what says more about it.
func (l *language) isGeneric(words []token, p parts) bool {
	if p.role.from == p.role.to {
		return false
	}
	n := l.at(words, p.role.from, generic)
	return n > 0 && p.role.from+n >= p.role.to
}
