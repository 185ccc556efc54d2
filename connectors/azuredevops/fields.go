package azuredevops

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// nativeFields says where Azure DevOps' own processes keep a known field, by
// reference name; of several the first filled one counts. Components and
// versions do not exist there, parents and links are relations.
func nativeFields() map[backlog.Field][]string {
	return map[backlog.Field][]string{
		backlog.FieldDescription:        {"System.Description", "Microsoft.VSTS.TCM.ReproSteps"},
		backlog.FieldAcceptanceCriteria: {"Microsoft.VSTS.Common.AcceptanceCriteria"},
		backlog.FieldPoints: {
			"Microsoft.VSTS.Scheduling.StoryPoints", "Microsoft.VSTS.Scheduling.Effort", "Microsoft.VSTS.Scheduling.Size",
		},
		backlog.FieldPriority:    {"Microsoft.VSTS.Common.Priority"},
		backlog.FieldAssignee:    {"System.AssignedTo"},
		backlog.FieldIteration:   {"System.IterationPath"},
		backlog.FieldDue:         {"Microsoft.VSTS.Scheduling.TargetDate", "Microsoft.VSTS.Scheduling.DueDate"},
		backlog.FieldRank:        {"Microsoft.VSTS.Common.StackRank", "Microsoft.VSTS.Common.BacklogPriority"},
		backlog.FieldValue:       {"Microsoft.VSTS.Common.BusinessValue"},
		backlog.FieldCriticality: {"Microsoft.VSTS.Common.TimeCriticality"},
	}
}

// customNames says under which display names organisations keep the fields
// that Azure DevOps' own processes lack.
func customNames() map[backlog.Field][]string {
	return map[backlog.Field][]string{
		backlog.FieldAcceptanceCriteria: {"Acceptance Criteria"},
		backlog.FieldBenefitHypothesis:  {"Benefit Hypothesis", "Hypothesis", "Benefit Hypothesis Statement"},
		backlog.FieldValue:              {"User-Business Value", "User Business Value", "Business Value"},
		backlog.FieldCriticality:        {"Time Criticality"},
		backlog.FieldRisk: {
			"Risk Reduction", "RR/OE", "RR-OE", "RR-OE Value", "Risk Reduction/Opportunity Enablement",
			"Risk Reduction and Opportunity Enablement", "Risk Reduction and/or Opportunity Enablement",
			"Risk Reduction & Opportunity Enablement", "Risk Reduction Opportunity Enablement",
		},
		backlog.FieldSize:    {"Job Size"},
		backlog.FieldTheme:   {"Strategic Theme", "Theme"},
		backlog.FieldPersona: {"Persona"},
	}
}

// catalogue is the organisation's list of fields.
type catalogue struct {
	byName map[string]string // reference name by lower-case reference or display name
	html   map[string]bool   // reference names of fields that hold HTML
	usual  bool              // the organisation tells no list; this is what is usual
}

// usualCatalogue has the fields that Azure DevOps' own processes bring along.
func usualCatalogue() catalogue {
	c := catalogue{byName: map[string]string{}, html: map[string]bool{}, usual: true}
	for _, refs := range nativeFields() {
		for _, ref := range refs {
			c.byName[strings.ToLower(ref)] = ref
		}
	}
	for _, ref := range []string{"System.Description", "Microsoft.VSTS.TCM.ReproSteps", "Microsoft.VSTS.Common.AcceptanceCriteria"} {
		c.html[ref] = true
	}
	return c
}

// isHTML reports whether a text is HTML, by its field, else by its looks.
func (c catalogue) isHTML(ref, text string) bool {
	return c.html[ref] || c.usual && strings.HasPrefix(strings.TrimSpace(text), "<")
}

// mapping says which fields of the organisation hold what.
type mapping struct {
	known    map[backlog.Field][]string // reference names, in order
	custom   map[string][]string        // the same for words of the settings that are no known field
	declared backlog.FieldSet           // known fields that the settings speak of
}

// resolve finds the fields: those of the settings where they say so, else by
// what is usual. Each problem is a full sentence.
func (c catalogue) resolve(s Settings) (m mapping, problems []string) {
	m = mapping{known: map[backlog.Field][]string{}, custom: map[string][]string{}}
	native, custom := nativeFields(), customNames()
	for _, f := range backlog.Fields() {
		for _, name := range append(slices.Clone(native[f]), custom[f]...) {
			if ref, ok := c.byName[strings.ToLower(name)]; ok && !slices.Contains(m.known[f], ref) {
				m.known[f] = append(m.known[f], ref)
			}
		}
	}
	for _, word := range slices.Sorted(maps.Keys(s.Fields)) {
		refs, missing := c.find(s.Fields[word])
		for _, name := range missing {
			problems = append(problems, fmt.Sprintf(
				"The field %q, which the settings of %s name for %s, does not exist in the organisation: use a display name or a reference name like Custom.Theme.",
				name, s.Connection, word))
		}
		f, known := backlog.ParseField(word)
		if !known {
			m.custom[word] = refs
			continue
		}
		m.known[f], m.declared = refs, m.declared.With(f)
	}
	return m, problems
}

func (c catalogue) find(names []string) (refs, missing []string) {
	for _, name := range names {
		if ref, ok := c.byName[strings.ToLower(strings.TrimSpace(name))]; ok {
			refs = append(refs, ref)
		} else if c.usual && strings.Contains(name, ".") {
			refs = append(refs, strings.TrimSpace(name))
		} else {
			missing = append(missing, name)
		}
	}
	return refs, missing
}

// prefer puts the fields that a project's process uses for effort and order in
// front of the usual ones.
func (m mapping) prefer(f backlog.Field, ref string) {
	if ref != "" && !m.declared.Has(f) && !slices.Contains(m.known[f], ref) {
		m.known[f] = append([]string{ref}, m.known[f]...)
	}
}

// layout says which known fields a type has, and what people there call them.
// present holds the display names of the type's fields by lower-case reference
// name.
func (m mapping) layout(present map[string]string) (layout, used backlog.FieldSet, names map[string]string) {
	layout = layout.With(backlog.FieldParent).With(backlog.FieldLinks) // every type can be linked
	names = map[string]string{}
	for _, f := range backlog.Fields() {
		for _, ref := range m.known[f] {
			name, ok := present[strings.ToLower(ref)]
			if !ok && len(present) > 0 { // a type without any does not tell
				continue
			}
			layout = layout.With(f)
			if names[f.String()] == "" && name != "" {
				names[f.String()] = name
			}
			if m.declared.Has(f) {
				used = used.With(f)
			}
		}
	}
	return layout, used, names
}
