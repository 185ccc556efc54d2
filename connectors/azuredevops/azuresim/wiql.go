package azuresim

import (
	"fmt"
	"strings"
)

// query is a parsed flat query.
type query struct {
	columns []string
	where   *condition // nil selects all
	order   []sorting
}

type sorting struct {
	field      string
	descending bool
}

// condition is a tree: and, or and not over comparisons of one field.
type condition struct {
	op     string // and, or, not; else = <> > >= < <= in, not in, under, not under, contains, not contains, is empty, is not empty
	terms  []*condition
	field  string
	values []operand
}

// operand is what a field is compared with.
type operand struct {
	kind string // text, number, macro, field
	text string
	days int // added to @today
}

// parser walks over the tokens.
type parser struct {
	tokens []token
	at     int
}

// parseQuery reads the part of WIQL that queries for lists of work items use.
func parseQuery(source string) (q query, err error) {
	tokens, err := lex(source)
	if err != nil {
		return q, err
	}
	p := &parser{tokens: tokens}
	if !p.word("select") {
		return q, p.unexpected("SELECT")
	}
	if q.columns, err = p.fields(); err != nil {
		return q, err
	}
	if !p.word("from") || !p.word("workitems") {
		return q, p.unexpected("FROM WorkItems")
	}
	if p.word("where") {
		if q.where, err = p.or(); err != nil {
			return q, err
		}
	}
	if p.word("order") {
		if !p.word("by") {
			return q, p.unexpected("BY")
		}
		if q.order, err = p.sortings(); err != nil {
			return q, err
		}
	}
	if !p.end() {
		return q, p.unexpected("the end")
	}
	return q, nil
}

func (p *parser) end() bool { return p.at >= len(p.tokens) }

func (p *parser) peek() token {
	if p.end() {
		return token{}
	}
	return p.tokens[p.at]
}

// word takes a keyword or a sign, if it is next.
func (p *parser) word(w string) bool {
	t := p.peek()
	if (t.kind == "word" || t.kind == "sign") && strings.EqualFold(t.text, w) {
		p.at++
		return true
	}
	return false
}

func (p *parser) unexpected(wanted string) error {
	found := p.peek().text
	if p.end() {
		found = "the end"
	}
	return fmt.Errorf("expecting %s, found %q", wanted, found)
}

func (p *parser) field() (string, error) {
	t := p.peek()
	if t.kind != "field" && t.kind != "word" {
		return "", p.unexpected("a field name")
	}
	p.at++
	return t.text, nil
}

func (p *parser) fields() ([]string, error) {
	var all []string
	for {
		name, err := p.field()
		if err != nil {
			return nil, err
		}
		all = append(all, name)
		if !p.word(",") {
			return all, nil
		}
	}
}

func (p *parser) sortings() ([]sorting, error) {
	var all []sorting
	for {
		name, err := p.field()
		if err != nil {
			return nil, err
		}
		s := sorting{field: name}
		if s.descending = p.word("desc"); !s.descending {
			p.word("asc")
		}
		all = append(all, s)
		if !p.word(",") {
			return all, nil
		}
	}
}

func (p *parser) or() (*condition, error)  { return p.chain("or", p.and) }
func (p *parser) and() (*condition, error) { return p.chain("and", p.not) }

// chain reads terms joined by one keyword.
func (p *parser) chain(op string, term func() (*condition, error)) (*condition, error) {
	all := &condition{op: op}
	for {
		c, err := term()
		if err != nil {
			return nil, err
		}
		all.terms = append(all.terms, c)
		if !p.word(op) {
			return all, nil
		}
	}
}

func (p *parser) not() (*condition, error) {
	if p.word("not") {
		c, err := p.not()
		return &condition{op: "not", terms: []*condition{c}}, err
	}
	if p.word("(") {
		c, err := p.or()
		if err == nil && !p.word(")") {
			err = p.unexpected(")")
		}
		return c, err
	}
	return p.comparison()
}
