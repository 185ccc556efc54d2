package jirasim

// EpicNameField is a field that only a Data Center has; it stands for its id
// there, as the other constants do.
const EpicNameField = "epic name"

// datacenterIDs are the ids that Jira's own custom fields have on the Data
// Center. No two of them have the same, so nobody should know them: they are
// found by their schema.
func datacenterIDs() map[string]string {
	return map[string]string{
		EpicLinkField: "customfield_10101", EpicNameField: "customfield_10103", SprintField: "customfield_10104",
		RankField: "customfield_10105", PointsField: "customfield_10106", FlaggedField: "customfield_10107",
	}
}

// FieldID is the id that one of the constants EpicLinkField, PointsField,
// RankField, SprintField, FlaggedField and EpicNameField has on this site. Any
// other id stays as it is. AddIssue, SetField and Layout do this by themselves.
func (w *World) FieldID(field string) string {
	if !w.datacenter() {
		return field
	}
	if id, known := datacenterIDs()[field]; known {
		return id
	}
	return field
}

// datacenterFields are the fields of a new Data Center: no status category, no
// story point estimate, and the two fields of epics.
func datacenterFields() []Field {
	ids := datacenterIDs()
	var all []Field
	for _, f := range systemFields() {
		switch f.ID {
		case "statusCategory", "statuscategorychangedate":
			continue
		case PointsField:
			f.Name, f.Custom = "Story Points", NumberField
		case SprintField:
			f.Items = "string"
		case EpicLinkField:
			all = append(all, Field{ID: ids[EpicNameField], Name: "Epic Name", Type: "string", Custom: "com.pyxis.greenhopper.jira:gh-epic-label"})
		}
		if id, moved := ids[f.ID]; moved {
			f.ID = id
		}
		all = append(all, f)
	}
	return all
}

// place says where a site keeps a field of an issue: on a Data Center a parent
// above the sub-tasks is no parent but an Epic Link, which holds a key. Nothing
// is above an epic there.
func (w *World) place(s *state, field string, value any) (string, any) {
	field = w.FieldID(field)
	if !w.datacenter() || field != "parent" {
		return field, value
	}
	t, _ := w.typeOf(s)
	if t.Level < 0 {
		return field, value
	}
	ref := asObject(value, "key")
	key := text(ref["key"])
	if i := w.referred(ref); i != nil {
		key = i.now().key
	}
	if t.Level > 0 || key == "" {
		return w.FieldID(EpicLinkField), nil
	}
	return w.FieldID(EpicLinkField), key
}

// nameEpic gives an epic of a Data Center its name, which is required there.
func (w *World) nameEpic(s *state) {
	if t, _ := w.typeOf(s); w.datacenter() && t.Level == 1 && s.fields[w.FieldID(EpicNameField)] == nil {
		s.fields[w.FieldID(EpicNameField)] = s.fields["summary"]
	}
}

// showEpicLink is the epic's present key, or the kept one when it is gone.
func (w *World) showEpicLink(v any) any {
	if i := w.find(text(v)); i != nil {
		return i.now().key
	}
	return v
}
