package jirasim

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// date compares a moment, in milliseconds, that an issue may lack.
func (k *compiler) date(c clause, moment func(*issue, *state) (int64, bool)) test {
	if c.op == "is" || c.op == "is not" {
		return func(i *issue, s *state) bool {
			_, has := moment(i, s)
			return has == (c.op == "is not")
		}
	}
	if len(c.values) != 1 || !strings.ContainsAny(c.op, "=<>") {
		return k.complain("The operator '%s' is not supported by the '%s' field.", c.op, c.field)
	}
	t, ok := k.moment(c.values[0])
	if !ok {
		return k.complain("Date value '%s' for field '%s' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.", c.values[0].text, c.field)
	}
	bound := t.UnixMilli()
	return func(i *issue, s *state) bool {
		at, has := moment(i, s)
		return has && compares(c.op, at, bound)
	}
}

var periodForm = regexp.MustCompile(`^([+-]?)((?:\d+[wdhm]\s*)+)$`)

// moment reads a point in time. Digits without quotes are milliseconds since
// 1970; dates are read in the account's time zone, to the minute; periods and
// functions hang on the site's clock.
func (k *compiler) moment(v operand) (time.Time, bool) {
	zone := k.settings.Zone
	if ms, err := strconv.ParseInt(v.text, 10, 64); err == nil && !v.quoted {
		return time.UnixMilli(ms), true
	}
	if v.function {
		return k.momentOf(v)
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006/01/02 15:04", "2006-01-02", "2006/01/02"} {
		if t, err := time.ParseInLocation(layout, v.text, zone); err == nil {
			return t, true
		}
	}
	sign := periodForm.FindStringSubmatch(v.text)
	if sign == nil {
		return time.Time{}, false
	}
	k.moving = true
	return k.now().Add(period(sign[1] == "-", sign[2])), true
}

// momentOf reads now() and startOfDay(), which take no arguments here.
func (k *compiler) momentOf(v operand) (time.Time, bool) {
	k.moving = true
	now := k.now().In(k.settings.Zone)
	switch {
	case len(v.args) > 0:
	case v.text == "now":
		return now, true
	case v.text == "startofday":
		return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, k.settings.Zone), true
	}
	return time.Time{}, false
}

// period adds up the parts of a period such as "1w 2d".
func period(back bool, parts string) time.Duration {
	units := map[byte]time.Duration{'w': 7 * 24 * time.Hour, 'd': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute}
	var sum time.Duration
	digits := ""
	for at := range len(parts) {
		if unit, is := units[parts[at]]; is {
			n, _ := strconv.Atoi(digits) // only digits come before a unit
			sum += time.Duration(n) * unit
			digits = ""
		} else if parts[at] != ' ' {
			digits += parts[at : at+1]
		}
	}
	if back {
		return -sum
	}
	return sum
}
