package config

import (
	"net"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-playground/validator/v10"
	cron "github.com/netresearch/go-cron"
	"go.yaml.in/yaml/v3"
)

// validate checks every field by its tags, and then what refers to what.
func (c *Config) validate(root *yaml.Node) Problems {
	var problems Problems
	err := checker().Struct(c)
	if failed, ok := err.(validator.ValidationErrors); ok {
		for _, f := range failed {
			_, path, _ := strings.Cut(f.Namespace(), ".")
			problems = append(problems, Problem{File: c.file, Line: lineOf(root, path), Text: sentence(path, f)})
		}
	}
	return append(problems, c.crossCheck(root)...)
}

// checker knows our own rules beside the library's, and calls fields as the
// file does.
func checker() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		return name
	})
	for name, rule := range map[string]func(string) bool{
		"slug": slug.MatchString, "policy": policyID.MatchString, "label": label, "webpage": webpage,
		"zone": zone, "cron5": cronExpression, "listen": listen,
	} {
		_ = v.RegisterValidation(name, func(f validator.FieldLevel) bool { return rule(f.Field().String()) }) // fails only for an empty name
	}
	return v
}

var (
	slug     = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9._-]{0,39}$`)
	policyID = regexp.MustCompile(`^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$`)
)

func label(s string) bool {
	return !strings.ContainsAny(s, " \t/\\,;@") && len(s) <= 100
}

func webpage(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

func zone(s string) bool {
	_, err := time.LoadLocation(s)
	return err == nil
}

func cronExpression(s string) bool {
	_, err := cron.ParseStandard(s)
	return err == nil && len(strings.Fields(s)) == 5
}

func listen(s string) bool {
	_, port, err := net.SplitHostPort(s)
	n, bad := strconv.Atoi(port)
	return err == nil && bad == nil && n >= 0 && n < 65536
}

// sentence says what to do about a value that breaks a rule.
func sentence(path string, f validator.FieldError) string {
	switch f.Tag() {
	case "required":
		return path + " is missing: fill it in"
	case "min":
		return path + " needs at least " + f.Param()
	case "oneof":
		return path + " must be one of: " + strings.Join(strings.Fields(f.Param()), ", ")
	case "datetime":
		return path + " must be a date such as 2026-10-05"
	case "email":
		return path + " must be an e-mail address"
	}
	return path + " " + map[string]string{
		"slug":    "may have only letters, digits, dots, dashes and underscores, at most 40",
		"policy":  "must name a policy such as story/too-big",
		"label":   "must have no spaces, slashes, commas, semicolons or @: trackers refuse such labels",
		"webpage": "must be a web address such as https://shop.example",
		"zone":    "is no time zone: write one such as Europe/Berlin",
		"cron5":   "must be a cron expression of five fields such as 0 8 * * MON",
		"listen":  "must be host and port such as 127.0.0.1:8080",
	}[f.Tag()]
}

// lineOf finds the line of a path such as connections[0].url, or of the
// nearest thing around it that is there.
func lineOf(root *yaml.Node, path string) int {
	node := root
	if node.Kind == yaml.DocumentNode {
		node = node.Content[0]
	}
	line := node.Line
	for _, part := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		next := child(node, part)
		if next == nil {
			return line
		}
		node, line = next, next.Line
	}
	return line
}

func child(node *yaml.Node, part string) *yaml.Node {
	if node.Kind == yaml.SequenceNode {
		i, err := strconv.Atoi(part)
		if err != nil || i >= len(node.Content) {
			return nil
		}
		return node.Content[i]
	}
	i := slices.IndexFunc(node.Content, func(n *yaml.Node) bool { return n.Value == part })
	if node.Kind != yaml.MappingNode || i < 0 || i%2 == 1 || i+1 >= len(node.Content) {
		return nil
	}
	return node.Content[i+1]
}
