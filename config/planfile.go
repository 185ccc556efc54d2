package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// plan is the planning lists of one file, with what gives problems their lines.
// prefix is where in the file the lists stand.
type plan struct {
	PlanFile
	file, prefix string
	root         *yaml.Node
}

// readPlans reads the files of the planning folders, by name. What stands in
// the configuration itself comes first.
func (c *Config) readPlans(root *yaml.Node) Problems {
	own := PlanFile{Objectives: c.Planning.Objectives, Capacity: c.Planning.Capacity, Risks: c.Planning.Risks, Investment: c.Planning.Investment}
	c.plans = []plan{{PlanFile: own, file: c.file, prefix: "planning.", root: root}}
	var problems Problems
	for i, folder := range c.Planning.Folders {
		path := folder
		if !filepath.IsAbs(path) {
			path = filepath.Join(c.folder(), path)
		}
		files, err := os.ReadDir(path)
		if err != nil {
			where := index("planning.folders", i)
			problems = append(problems, Problem{
				File: c.file, Line: lineOf(root, where), Text: fmt.Sprintf("%s: %s is not a folder that can be read: create it or take it out", where, folder),
			})
		}
		for _, entry := range files {
			if ext := filepath.Ext(entry.Name()); entry.IsDir() || ext != ".yaml" && ext != ".yml" {
				continue
			}
			p, wrong := readPlan(filepath.Join(path, entry.Name()))
			problems = append(problems, wrong...)
			if p.root != nil && len(wrong) == 0 {
				c.plans = append(c.plans, p)
			}
		}
	}
	return problems
}

// readPlan reads one file as strictly as the configuration. One that is empty
// says nothing.
func readPlan(file string) (plan, Problems) {
	p := plan{file: file}
	content, err := readFile(file)
	if err != nil {
		return p, Problems{{File: file, Text: err.Error()}}
	}
	var root yaml.Node
	if err := yaml.Unmarshal(content, &root); err != nil {
		return p, problemsOf(file, err)
	}
	if root.Kind == 0 || root.Content[0].Tag == "!!null" {
		return p, nil
	}
	if root.Content[0].Kind != yaml.MappingNode {
		return p, Problems{{File: file, Line: root.Content[0].Line, Text: "write keys and values: objectives, capacity, risks or investment"}}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	decoder.KnownFields(true)
	err = decoder.Decode(&p.PlanFile)
	problems := problemsOf(file, err)
	if several := new(yaml.TypeError); err != nil && !errors.As(err, &several) {
		return p, problems
	}
	named := unknownKeys(file, &root, reflect.TypeFor[PlanFile]())
	problems = slices.DeleteFunc(problems, func(one Problem) bool {
		return strings.Contains(one.Text, "not found in type") && named.at(one.Line)
	})
	p.root = &root
	return p, append(problems, named...)
}

// validatePlans reads the planning folders and checks what they say.
func (c *Config) validatePlans(root *yaml.Node) Problems {
	problems := c.readPlans(root)
	wrong, warnings := c.planning()
	c.warnings = append(c.warnings, warnings...)
	return append(problems, wrong...)
}
