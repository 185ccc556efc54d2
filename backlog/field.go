package backlog

// Field is a known field of an item: the word that settings and policies use
// for it. Which native field holds it is found out per site.
type Field uint

// The known fields. The order is part of the stored form of a FieldSet: new
// ones go to the end.
const (
	FieldDescription Field = iota
	FieldAcceptanceCriteria
	FieldBenefitHypothesis
	FieldPoints
	FieldPriority
	FieldAssignee
	FieldParent
	FieldIteration
	FieldDue
	FieldRank
	FieldValue
	FieldCriticality
	FieldRisk
	FieldSize
	FieldTheme
	FieldPersona
	FieldComponent
	FieldVersion
	FieldLinks
	fieldCount
)

var fieldNames = [fieldCount]string{
	"description", "acceptance_criteria", "benefit_hypothesis", "points", "priority", "assignee", "parent",
	"iteration", "due", "rank", "wsjf_value", "wsjf_criticality", "wsjf_risk", "wsjf_size", "theme", "persona",
	"component", "version", "links",
}

// String is the word for the field in settings and in policies' metadata.
func (f Field) String() string {
	if f >= fieldCount {
		return "unknown"
	}
	return fieldNames[f]
}

// Custom reports whether trackers keep the field in one that a site defines for
// itself, so that it may vanish from many items at once. People may empty the
// others in bulk, such as the iteration when it ends.
func (f Field) Custom() bool {
	switch f {
	case FieldAcceptanceCriteria, FieldBenefitHypothesis, FieldPoints, FieldPriority, FieldValue, FieldCriticality,
		FieldRisk, FieldSize, FieldTheme, FieldPersona:
		return true
	}
	return false
}

// ParseField finds a field by its word; false when there is none.
func ParseField(name string) (Field, bool) {
	for i, n := range fieldNames {
		if n == name {
			return Field(i), true
		}
	}
	return 0, false
}

// Fields lists every known field.
func Fields() []Field {
	fields := make([]Field, fieldCount)
	for i := range fields {
		fields[i] = Field(i)
	}
	return fields
}

// FieldSet is a set of fields, one bit each, so that the store can count usage
// without opening the items.
type FieldSet uint64

// Has reports whether the field is in the set.
func (s FieldSet) Has(f Field) bool { return s&(1<<f) != 0 }

// With returns the set with the field in it.
func (s FieldSet) With(f Field) FieldSet { return s | 1<<f }

// Words lists the words for the fields in the set, in the order of the fields.
func (s FieldSet) Words() []string {
	var words []string
	for i, name := range fieldNames {
		if s.Has(Field(i)) {
			words = append(words, name)
		}
	}
	return words
}
