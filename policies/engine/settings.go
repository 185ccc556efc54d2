package engine

import (
	"encoding/json"
	"fmt"
	"maps"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Settings holds the parameters of policies as they hold in one place, say for
// one team: policy id → parameter → value. A parameter that is not in it has
// its default. Make it once per place and share it: it is converted when made
// and may be read by many goroutines.
type Settings struct {
	values map[string]map[string]any
	term   *ast.Term // input.settings
	known  *atomic.Pointer[settled]
}

// settled are settings as they hold for the policies of one level: completed,
// and held against the parameters' types.
type settled struct {
	level    *level
	settings Settings
	unfit    map[string]error // by policy
}

// NewSettings takes parameters as they were read from YAML or JSON. A value
// that does not fit its parameter makes that policy fail to judge.
func NewSettings(params map[string]map[string]any) Settings {
	policies := ast.NewObjectWithCapacity(len(params))
	for id, values := range params {
		if len(values) == 0 {
			continue
		}
		object := ast.NewObjectWithCapacity(len(values))
		for name, value := range values {
			if v, err := ast.InterfaceToValue(value); err == nil {
				object.Insert(ast.StringTerm(name), ast.NewTerm(v))
			}
		}
		policies.Insert(ast.StringTerm(id), ast.NewTerm(object))
	}
	return Settings{values: params, term: ast.NewTerm(policies), known: &atomic.Pointer[settled]{}}
}

// object is input.settings.
func (s Settings) object() *ast.Term {
	if s.term == nil {
		return ast.InternedEmptyObject
	}
	return s.term
}

// MarshalJSON writes what policies see as input.settings.
func (s Settings) MarshalJSON() ([]byte, error) {
	if s.values == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(s.values)
}

// fits reports whether a value is of a parameter's type.
func (p Param) fits(value any) bool { return p.Type == typeName(value) }

// typeName names a value's JSON type; "" for what a parameter cannot be.
func typeName(value any) string {
	switch v := value.(type) {
	case string:
		return "string"
	case bool:
		return "boolean"
	case int, int64, uint64, float64, json.Number:
		return "number"
	case []string:
		return "array"
	case []any:
		for _, element := range v {
			if t := typeName(element); t == "" || t == "array" {
				return ""
			}
		}
		return "array"
	}
	return ""
}

// at are the settings for a level. They are worked out once: settings are
// mostly asked for by one level only.
func (s Settings) at(l *level) *settled {
	if s.known == nil { // none are given
		return l.defaults.at(l)
	}
	if known := s.known.Load(); known != nil && known.level == l {
		return known
	}
	made := &settled{level: l, settings: l.complete(s)}
	made.unfit = l.unfit(made.settings)
	s.known.Store(made)
	return made
}

// unfit says which policies have a parameter that is not of its type.
func (l *level) unfit(s Settings) map[string]error {
	var wrong map[string]error
	for _, p := range l.policies {
		for name, param := range p.Params {
			if value := s.values[p.ID][name]; !param.fits(value) {
				if wrong == nil {
					wrong = map[string]error{}
				}
				wrong[p.ID] = fmt.Errorf("parameter %s is %v, not a %s", name, value, param.Type)
			}
		}
	}
	return wrong
}

// complete fills what a place leaves open with the defaults. Settings that give
// all of a level's parameters, or none, cost nothing.
func (l *level) complete(s Settings) Settings {
	switch given, all := l.given(s); {
	case given == 0:
		return l.defaults
	case given == all:
		return s
	}
	merged := map[string]map[string]any{}
	for _, p := range l.policies {
		merged[p.ID] = map[string]any{}
		for name, param := range p.Params {
			merged[p.ID][name] = param.Default
		}
		maps.Copy(merged[p.ID], s.values[p.ID])
	}
	return NewSettings(merged)
}

// given counts the level's parameters, and how many of them are set.
func (l *level) given(s Settings) (given, all int) {
	for _, p := range l.policies {
		for name := range p.Params {
			all++
			if _, set := s.values[p.ID][name]; set {
				given++
			}
		}
	}
	return given, all
}
