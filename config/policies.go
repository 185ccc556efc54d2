package config

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// Policies is which rules hold, how strictly, and for whom not.
type Policies struct {
	// Folders with policies of your own, from this file's folder on, beside the built-in ones.
	Paths []string `yaml:"paths,omitempty" validate:"dive,required"`
	// OPA bundles with policies of your own, fetched from a web server or a registry.
	Remote []Remote `yaml:"remote,omitempty" validate:"dive"`
	// The sets of policies that hold: recommended, strict, safe-planning, story-text, or one of your own policies.
	// Policies of your own that belong to none always hold.
	Bundles []string `yaml:"bundles" validate:"dive,slug" jsonschema:"default=recommended"`
	// Which policies may write on items: recommended, all, or a list of them. The others report only.
	Writing Writing `yaml:"writing" jsonschema:"default=recommended"`
	// How policies are set. Entries apply from the least to the most specific: everywhere, connection, train, team.
	Settings []PolicySetting `yaml:"settings,omitempty" validate:"dive"`
	// Where a policy shall not hold, until when and why.
	Exemptions []Exemption `yaml:"exemptions,omitempty" validate:"dive"`
}

// PolicySetting sets one policy or all of a bundle, for everybody or for a part.
type PolicySetting struct {
	// The policy, for example story/too-big. Naming it switches it on.
	Policy string `yaml:"policy,omitempty" validate:"omitempty,policy"`
	// Or all policies of this bundle.
	Bundle string `yaml:"bundle,omitempty" validate:"omitempty,slug"`
	// Only in this connection.
	Connection string `yaml:"connection,omitempty"`
	// Only for this train.
	Train string `yaml:"train,omitempty"`
	// Only for this team.
	Team string `yaml:"team,omitempty"`
	// False switches the policy off; its open findings are closed.
	Enabled *bool `yaml:"enabled,omitempty" jsonschema:"default=true"`
	// How much a finding weighs.
	Severity string `yaml:"severity,omitempty" validate:"omitempty,oneof=error warning info" jsonschema:"enum=error,enum=warning,enum=info"`
	// Parameters of the policy by name; the policy's page says which there are.
	Params map[string]any `yaml:"params,omitempty"`
}

// Exemption takes an item, a team or a connection out of a policy until a day.
type Exemption struct {
	// The policy; left out, every policy.
	Policy string `yaml:"policy,omitempty" validate:"omitempty,policy"`
	// Only in this connection.
	Connection string `yaml:"connection,omitempty"`
	// Only for this item, by key.
	Item string `yaml:"item,omitempty"`
	// Only for this train.
	Train string `yaml:"train,omitempty"`
	// Only for this team.
	Team string `yaml:"team,omitempty"`
	// Who answers for it, one of the people.
	Owner string `yaml:"owner" validate:"required" jsonschema:"required"`
	// Why it is right not to follow the policy here.
	Reason string `yaml:"reason" validate:"required" jsonschema:"required"`
	// The last day on which it holds, YYYY-MM-DD.
	Until string `yaml:"until" validate:"required,datetime=2006-01-02" jsonschema:"required,format=date"`
}

// Writing is which policies may write on items.
type Writing struct {
	All  bool     // every policy
	List []string // only these; empty with All false is the recommended set
}

// Allows reports whether a policy may write; recommended says whether it is in
// the recommended set.
func (w Writing) Allows(policy string, recommended bool) bool {
	if w.All {
		return true
	}
	if w.List != nil {
		return slices.Contains(w.List, policy)
	}
	return recommended
}

const howToWrite = "writing: write recommended, all, or a list such as [story/no-owner]"

// UnmarshalYAML reads "recommended", "all" or a list.
func (w *Writing) UnmarshalYAML(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.ScalarNode && node.Value == "recommended":
		*w = Writing{}
	case node.Kind == yaml.ScalarNode && node.Value == "all":
		*w = Writing{All: true}
	case node.Kind == yaml.SequenceNode:
		w.List = []string{}
		if err := node.Decode(&w.List); err != nil {
			return atLine(node, howToWrite)
		}
	default:
		return atLine(node, howToWrite)
	}
	return nil
}

// MarshalYAML writes what UnmarshalYAML reads.
func (w Writing) MarshalYAML() (any, error) {
	switch {
	case w.All:
		return "all", nil
	case w.List != nil:
		return w.List, nil
	}
	return "recommended", nil
}
