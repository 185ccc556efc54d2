package config

import (
	"errors"
	"reflect"
	"strings"

	"github.com/go-playground/validator/v10"
	"go.yaml.in/yaml/v3"
)

// validate checks every field by its tags, and then what refers to what. It
// also fills the warnings. What is missing on a line where decoding already
// found something wrong is not told again.
func (c *Config) validate(root *yaml.Node, known Problems) Problems {
	k := &check{c: c, root: root}
	var failed validator.ValidationErrors
	if errors.As(checker().Struct(c), &failed) {
		for _, f := range failed {
			_, path, _ := strings.Cut(f.Namespace(), ".")
			if p := k.at(path); f.Tag() != "required" && f.Tag() != "min" || !known.at(p.Line) {
				k.problem(path, "%s", path+" "+remedy(f))
			}
		}
	}
	k.labels()
	k.connections(known)
	k.organisation()
	k.policies()
	k.remotes(known)
	k.schedule(known)
	c.root, c.warnings = root, k.warnings
	return k.problems
}

// checker knows our own rules beside the library's, and calls fields as the
// file does.
func checker() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		return name
	})
	for name, holds := range rules {
		_ = v.RegisterValidation(name, func(f validator.FieldLevel) bool { return holds(f.Field().String()) }) // fails only for an empty name
	}
	return v
}

// remedy says what to do about a value that breaks a rule.
func remedy(f validator.FieldError) string {
	switch f.Tag() {
	case "required":
		return "is missing: fill it in"
	case "min":
		return "needs at least " + f.Param()
	case "oneof":
		words := strings.Fields(f.Param())
		return "must be " + strings.Join(words, " or ")
	case "datetime":
		return "must be a date such as 2026-10-05"
	case "email":
		return "must be an e-mail address"
	}
	return ruleTexts[f.Tag()]
}
