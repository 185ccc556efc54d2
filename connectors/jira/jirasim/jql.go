package jirasim

import (
	"fmt"
	"strings"
)

// query is parsed JQL: a condition, nil when there is none, and an order.
type query struct {
	where *condition
	order []sortKey
}

// condition is a clause, or others joined: op is "and", "or", "not" or "".
type condition struct {
	op     string
	parts  []*condition
	clause clause
}

// clause compares a field: op is = != > >= < <= ~ !~ in, not in, is, is not.
type clause struct {
	field  string
	op     string
	values []operand
}

// operand is a value of a clause. Functions keep their arguments in args.
type operand struct {
	text     string
	quoted   bool
	function bool
	args     []string
	empty    bool // EMPTY or NULL
}

// sortKey is one key of ORDER BY.
type sortKey struct {
	field string
	desc  bool
}

// parser reads tokens by recursive descent.
type parser struct {
	tokens []token
	at     int
}

// parseJQL reads a query. Its errors are in Jira's words.
func parseJQL(jql string) (query, error) {
	tokens, err := lex(jql)
	if err != nil {
		return query{}, err
	}
	p := &parser{tokens: tokens}
	var q query
	if !p.word("order") && p.peek().kind != "end" {
		if q.where, err = p.or(); err != nil {
			return query{}, err
		}
	}
	if p.take("order") {
		if q.order, err = p.orderBy(); err != nil {
			return query{}, err
		}
	}
	if p.peek().kind != "end" {
		return query{}, p.unexpected("either 'OR' or 'AND'")
	}
	return q, nil
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) advance() token {
	t := p.tokens[p.at]
	if t.kind != "end" {
		p.at++
	}
	return t
}

// named says whether a word or a string comes next.
func (p *parser) named() bool { return p.peek().kind == "word" || p.peek().kind == "string" }

// word says whether the next token is the keyword.
func (p *parser) word(keyword string) bool {
	return p.peek().kind == "word" && strings.EqualFold(p.peek().text, keyword)
}

// take passes over a keyword, operator or sign if it comes next.
func (p *parser) take(words ...string) bool {
	for _, s := range words {
		if p.word(s) || p.peek().kind != "string" && p.peek().kind != "word" && p.peek().text == s {
			p.at++
			return true
		}
	}
	return false
}

func (p *parser) unexpected(expected string) error {
	got := "'" + p.peek().text + "'"
	if p.peek().kind == "end" {
		got = "the end of the query"
	}
	return fmt.Errorf("Error in the JQL Query: Expecting %s but got %s.", expected, got) //nolint:staticcheck // Jira's words
}

func (p *parser) or() (*condition, error)  { return p.joined("or", "||", p.and) }
func (p *parser) and() (*condition, error) { return p.joined("and", "&&", p.not) }

// joined reads conditions joined by one operator.
func (p *parser) joined(op, sign string, part func() (*condition, error)) (*condition, error) {
	first, err := part()
	if err != nil {
		return nil, err
	}
	parts := []*condition{first}
	for p.take(op, sign) {
		further, err := part()
		if err != nil {
			return nil, err
		}
		parts = append(parts, further)
	}
	if len(parts) == 1 {
		return first, nil
	}
	return &condition{op: op, parts: parts}, nil
}

func (p *parser) not() (*condition, error) {
	if p.take("not", "!") {
		inner, err := p.not()
		return &condition{op: "not", parts: []*condition{inner}}, err
	}
	if !p.take("(") {
		return p.comparison()
	}
	inner, err := p.or()
	if err == nil && !p.take(")") {
		err = p.unexpected("')'")
	}
	return inner, err
}

func (p *parser) comparison() (*condition, error) {
	if !p.named() {
		return nil, p.unexpected("a field name")
	}
	field := p.advance()
	op, err := p.operator()
	if err != nil {
		return nil, err
	}
	values, err := p.operands(strings.HasSuffix(op, "in"))
	return &condition{clause: clause{field: field.text, op: op, values: values}}, err
}

func (p *parser) operator() (string, error) {
	if t := p.peek(); t.kind == "op" && t.text != "!" && t.text != "&&" && t.text != "||" {
		return p.advance().text, nil
	}
	switch {
	case p.take("in"):
		return "in", nil
	case p.take("is"):
		if p.take("not") {
			return "is not", nil
		}
		return "is", nil
	case p.take("not"):
		if p.take("in") {
			return "not in", nil
		}
	}
	return "", p.unexpected("operator. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'")
}

// operands reads one value, or a list in parentheses.
func (p *parser) operands(list bool) ([]operand, error) {
	if !list || !p.take("(") {
		one, err := p.operand()
		return []operand{one}, err
	}
	var all []operand
	for {
		one, err := p.operand()
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		if p.take(")") {
			return all, nil
		}
		if !p.take(",") {
			return nil, p.unexpected("',' or ')'")
		}
	}
}

func (p *parser) operand() (operand, error) {
	if !p.named() {
		return operand{}, p.unexpected("a value, list or function")
	}
	t := p.advance()
	switch {
	case t.kind == "string":
		return operand{text: t.text, quoted: true}, nil
	case strings.EqualFold(t.text, "empty"), strings.EqualFold(t.text, "null"):
		return operand{empty: true}, nil
	}
	if !p.take("(") {
		return operand{text: t.text}, nil
	}
	call := operand{text: strings.ToLower(t.text), function: true}
	for !p.take(")") {
		if p.peek().kind == "end" {
			return operand{}, p.unexpected("')'")
		}
		if a := p.advance(); a.kind != "," {
			call.args = append(call.args, a.text)
		}
	}
	return call, nil
}
