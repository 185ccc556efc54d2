package azuresim

import (
	"strconv"
	"strings"
)

// comparison reads a field, an operator and what it is compared with.
func (p *parser) comparison() (*condition, error) {
	field, err := p.field()
	if err != nil {
		return nil, err
	}
	c := &condition{field: field}
	if c.op = p.operator(); c.op == "" {
		return nil, p.unexpected("an operator")
	}
	switch {
	case strings.HasPrefix(c.op, "is "):
		return c, nil
	case strings.HasSuffix(c.op, "in"):
		c.values, err = p.operands()
		return c, err
	}
	v, err := p.operand()
	c.values = []operand{v}
	return c, err
}

// operator reads one, with its NOT; "" when there is none.
func (p *parser) operator() string {
	for _, sign := range []string{"=", "<>", ">=", "<=", ">", "<"} {
		if p.word(sign) {
			return sign
		}
	}
	if p.word("is") {
		op := "is empty"
		if p.word("not") {
			op = "is not empty"
		}
		if p.word("empty") {
			return op
		}
		return ""
	}
	not := ""
	if p.word("not") {
		not = "not "
	}
	for _, w := range []string{"in", "under", "contains"} {
		if p.word(w) {
			if w == "contains" {
				p.word("words")
			}
			return not + w
		}
	}
	return ""
}

func (p *parser) operands() ([]operand, error) {
	if !p.word("(") {
		return nil, p.unexpected("(")
	}
	var all []operand
	for {
		v, err := p.operand()
		if err != nil {
			return nil, err
		}
		all = append(all, v)
		if p.word(")") {
			return all, nil
		}
		if !p.word(",") {
			return nil, p.unexpected(", or )")
		}
	}
}

func (p *parser) operand() (operand, error) {
	t := p.peek()
	switch t.kind {
	case "text", "number", "field":
		p.at++
		return operand{kind: t.kind, text: t.text}, nil
	case "word":
		if v := key(t.text); v == "true" || v == "false" {
			p.at++
			return operand{kind: "text", text: v}, nil
		}
	case "macro":
		p.at++
		v := operand{kind: "macro", text: key(t.text)}
		if n, err := strconv.Atoi(p.peek().text); err == nil && n < 0 {
			p.at++ // "@today-7", without a space
			v.days = n
			return v, nil
		}
		for sign, by := range map[string]int{"+": 1, "-": -1} {
			if p.word(sign) {
				n, err := strconv.Atoi(p.peek().text)
				if err != nil {
					return v, p.unexpected("a number of days")
				}
				p.at++
				v.days = by * n
			}
		}
		return v, nil
	}
	return operand{}, p.unexpected("a value")
}
