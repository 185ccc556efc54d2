package azuredevops

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// reader turns a work item into an item, with what is known of its project.
type reader struct {
	*model
	settings Settings
	places   []*regexp.Regexp // find one of our work items in an address
}

func (t *Tracker) reader(m *model) reader {
	return reader{model: m, settings: t.settings, places: t.places}
}

// item converts a whole work item. An error names what could not be read.
func (r reader) item(w workItem, p *project) (backlog.Item, error) {
	k := p.kind(w.text("System.WorkItemType"), r.settings)
	i := backlog.Item{
		ID: r.model.item(w.ID), Project: p.Project, Key: strconv.Itoa(w.ID), URL: r.settings.page(p.Name, w.ID),
		Title: w.text("System.Title"), Type: w.text("System.WorkItemType"), Level: k.level, Kind: k.kind,
		Labels: tags(w.text("System.Tags")), Area: w.text("System.AreaPath"), Revision: strconv.Itoa(w.Rev),
		Author: identityOf(w.field("System.CreatedBy")).pointer(),
	}
	if level, ruled := p.bugLevelIn(i.Area); ruled && k.kind == backlog.Bug && !r.settings.levelNamed(k.name) {
		i.Level = level
	}
	if k.kind == "" && strings.EqualFold(w.text("Microsoft.VSTS.Common.ValueArea"), "Architectural") {
		i.Kind = backlog.Enabler
	}
	if err := r.times(&i, w, k); err != nil {
		return i, err
	}
	r.texts(&i, w)
	r.plan(&i, w, p)
	r.numbers(&i, w)
	r.relations(&i, w)
	r.customValues(&i, w)
	i.Filled = filled(i)
	return i, nil
}

// page is the address that a person opens.
func (s Settings) page(project string, id int) string {
	return s.URL + "/" + url.PathEscape(project) + "/_workitems/edit/" + strconv.Itoa(id)
}

func (r reader) times(i *backlog.Item, w workItem, k kindOfItem) (err error) {
	i.State.Native = w.text("System.State")
	i.State.Category = k.category(i.State.Native)
	if i.State.Since, err = w.time("Microsoft.VSTS.Common.StateChangeDate"); err != nil {
		return err
	}
	if i.Created, err = w.time("System.CreatedDate"); err != nil {
		return err
	}
	i.Changed, err = w.time("System.ChangedDate")
	return err
}

// texts reads the long texts as Markdown.
func (r reader) texts(i *backlog.Item, w workItem) {
	var long [3]string
	truncated := false
	for n, f := range []backlog.Field{backlog.FieldDescription, backlog.FieldAcceptanceCriteria, backlog.FieldBenefitHypothesis} {
		for _, ref := range r.mapping.known[f] {
			text, shortened := r.long(w, ref)
			if text != "" {
				long[n], truncated = text, truncated || shortened
				break
			}
		}
	}
	i.Text = backlog.ReadText(backlog.Sources{Title: i.Title, Body: long[0], Criteria: long[1], Hypothesis: long[2]})
	i.Text.Truncated = i.Text.Truncated || truncated
	i.Body = cut(long[0])
	if long[1] != "" {
		i.Filled = i.Filled.With(backlog.FieldAcceptanceCriteria)
	}
	if long[2] != "" {
		i.Filled = i.Filled.With(backlog.FieldBenefitHypothesis)
	}
}

// long reads a long text: HTML, unless its field or the item says otherwise.
func (r reader) long(w workItem, ref string) (text string, truncated bool) {
	raw, ok := w.field(ref).(string)
	if !ok || !r.fields.isHTML(ref, raw) || w.isMarkdown(ref) {
		return w.text(ref), false
	}
	return fromHTML(raw)
}

// cut shortens a text to what is kept of one field, at a rune.
func cut(s string) string {
	if len(s) <= backlog.MaxText {
		return s
	}
	return strings.ToValidUTF8(s[:backlog.MaxText], "")
}

func (r reader) customValues(i *backlog.Item, w workItem) {
	for word, refs := range r.mapping.custom {
		for _, ref := range refs {
			value := w.field(ref)
			if _, person := value.(identity); person {
				value = scalar(value)
			}
			if value == nil || value == "" {
				continue
			}
			if i.Custom == nil {
				i.Custom = map[string]any{}
			}
			i.Custom[word] = value
			break
		}
	}
}

// tags splits what the tracker keeps as one text.
func tags(joined string) []string {
	var all []string
	for tag := range strings.SplitSeq(joined, ";") {
		if tag = strings.TrimSpace(tag); tag != "" {
			all = append(all, tag)
		}
	}
	return all
}

// filled says which known fields have a value; texts came first.
func filled(i backlog.Item) backlog.FieldSet {
	set := i.Filled
	for f, has := range [...]bool{
		backlog.FieldDescription: i.Body != "", backlog.FieldPoints: i.Points != nil, backlog.FieldPriority: i.Priority != "",
		backlog.FieldAssignee: i.Assignee != nil, backlog.FieldParent: i.Parent != nil, backlog.FieldIteration: len(i.Iterations) > 0,
		backlog.FieldDue: i.Due != "", backlog.FieldRank: i.Rank != "", backlog.FieldValue: i.WSJF.Value != nil,
		backlog.FieldCriticality: i.WSJF.Criticality != nil, backlog.FieldRisk: i.WSJF.Risk != nil, backlog.FieldSize: i.WSJF.Size != nil,
		backlog.FieldTheme: i.Theme != "", backlog.FieldPersona: i.Persona != "", backlog.FieldComponent: len(i.Components) > 0,
		backlog.FieldVersion: len(i.Versions) > 0, backlog.FieldLinks: len(i.Links) > 0,
	} {
		if has {
			set = set.With(backlog.Field(f))
		}
	}
	return set
}
