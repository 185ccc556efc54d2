package azuresim

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// Load adds the work items of an archive: JSON lines, each as REST once gave
// it, and returns how many. Records are adapted as little as the wire asks for:
// people become identities, empty fields go, one project's several spellings
// become one, addresses become this organisation's, and dates that are missing
// are those of the archive's youngest item. Projects that are not there yet are
// built, with the process that the types suggest.
func (w *World) Load(r io.Reader) (int, error) {
	archive, err := readArchive(r)
	if err != nil {
		return 0, fmt.Errorf("load work items: %w", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, line := range archive {
		if err := w.ensureProject(line, archive); err != nil {
			return 0, fmt.Errorf("load work items: %w", err)
		}
	}
	youngest := youngest(archive, wireTime(w.now()))
	loaded := make([]*item, len(archive))
	for i, line := range archive {
		line.date(youngest)
		loaded[i] = w.adopt(w.findProject(line.projectName()), line.native(), line.Fields)
	}
	for i, line := range archive {
		for _, relation := range line.Relations {
			relation["url"] = w.own(text(relation["url"]))
			w.relate(loaded[i], relation)
		}
	}
	return len(archive), nil
}

// archived is one record of an archive.
type archived struct {
	ID        int              `json:"id"`
	Rev       int              `json:"rev"`
	Fields    map[string]any   `json:"fields"`
	Relations []map[string]any `json:"relations"`
}

func readArchive(r io.Reader) ([]*archived, error) {
	var all []*archived
	lines := bufio.NewReaderSize(r, 1<<20)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			var a archived
			if err := json.Unmarshal(line, &a); err != nil {
				return nil, fmt.Errorf("read line %d: %w", number, err)
			}
			if a.ID == 0 || a.projectName() == "" {
				return nil, fmt.Errorf("read line %d: neither id nor project", number)
			}
			all = append(all, &a)
		}
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read line %d: %w", number, err)
		}
	}
}

func (a *archived) native() map[string]any { return map[string]any{"id": a.ID, "rev": a.Rev} }

func (a *archived) projectName() string { return text(a.Fields["System.TeamProject"]) }

// date fills in the dates that a record lacks.
func (a *archived) date(youngest string) {
	f := a.Fields
	created := cmp.Or(text(f["System.CreatedDate"]), text(f["System.AuthorizedDate"]), text(f["System.ChangedDate"]), youngest)
	f["System.CreatedDate"] = created
	f["System.ChangedDate"] = cmp.Or(text(f["System.ChangedDate"]), text(f["System.AuthorizedDate"]), max(created, youngest))
}

// youngest is the last date that any record bears.
func youngest(archive []*archived, fallback string) string {
	var last time.Time
	for _, a := range archive {
		for _, ref := range []string{"System.CreatedDate", "System.ChangedDate"} {
			if t, ok := parseTime(text(a.Fields[ref])); ok && t.After(last) {
				last = t
			}
		}
	}
	if last.IsZero() {
		return fallback
	}
	return wireTime(last)
}

// ensureProject builds a record's project when it is not there, by the name
// that most of its records use.
func (w *World) ensureProject(of *archived, archive []*archived) error {
	if w.findProject(of.projectName()) != nil {
		return nil
	}
	names, types := map[string]int{}, map[string]bool{}
	for _, a := range archive {
		if strings.EqualFold(a.projectName(), of.projectName()) {
			names[a.projectName()]++
			types[text(a.Fields["System.WorkItemType"])] = true
		}
	}
	name := of.projectName()
	for spelling, n := range names {
		if n > names[name] || n == names[name] && spelling < name {
			name = spelling
		}
	}
	_, err := w.build(Project{Name: name, Process: guessProcess(types)})
	return err
}

func guessProcess(types map[string]bool) string {
	switch {
	case types["Product Backlog Item"]:
		return "Scrum"
	case types["Requirement"]:
		return "CMMI"
	case types["User Story"], types["Feature"]:
		return "Agile"
	}
	return "Basic"
}

// own puts an address of whatever organisation the archive came from under this
// one.
func (w *World) own(url string) string {
	rest, ok := strings.CutPrefix(url, "https://dev.azure.com/")
	if !ok {
		return url
	}
	_, rest, _ = strings.Cut(rest, "/")
	return w.canonical() + "/" + rest
}
