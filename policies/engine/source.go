package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/version"

	"github.com/trackwarden/trackwarden/backlog"
)

// file is one Rego file of a source.
type file struct {
	path string // "story/too-big.rego"
	text string
}

// sources is everything that was found, by path.
type sources struct {
	policies []file
	library  []file // lib/
	tests    []file // *_test.rego
}

// libFolder holds functions that several policies share.
const libFolder = "lib"

// folders lists where policies live: the levels of a backlog, then the
// subjects that are not items.
func folders() []string {
	var names []string
	for _, l := range backlog.Levels() {
		names = append(names, string(l))
	}
	return append(names, string(backlog.TeamSubject), string(backlog.TrainSubject), string(backlog.IncrementSubject), string(backlog.ConnectionSubject))
}

// subjectOf says what the policies of a folder judge.
func subjectOf(folder string) backlog.SubjectKind {
	if slices.Contains(backlog.Levels(), backlog.Level(folder)) {
		return backlog.ItemSubject
	}
	return backlog.SubjectKind(folder)
}

// readSources reads all Rego files of all sources. Hidden folders and whatever
// does not end in .rego are left alone.
func readSources(all []fs.FS) (sources, error) {
	var found sources
	var problems []error
	taken := map[string]bool{}
	for _, source := range all {
		err := fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
				return fs.SkipDir
			case entry.IsDir() || path.Ext(name) != ".rego":
				return nil
			}
			text, err := fs.ReadFile(source, name)
			if err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
			if taken[name] {
				problems = append(problems, fmt.Errorf("%s:1: there is already such a file; give yours another name", name))
				return nil
			}
			taken[name] = true
			problems = append(problems, found.add(file{path: name, text: string(text)}))
			return nil
		})
		if err != nil {
			problems = append(problems, fmt.Errorf("read policies: %w", err))
		}
	}
	return found, errors.Join(problems...)
}

// add files a file under what it is for.
func (s *sources) add(f file) error {
	folder, name := path.Split(f.path)
	folder = strings.TrimSuffix(folder, "/")
	switch {
	case folder != libFolder && !slices.Contains(folders(), folder):
		return fmt.Errorf("%s:1: a policy lives in a folder called %s or %s; move the file", f.path, strings.Join(folders(), ", "), libFolder)
	case strings.HasSuffix(name, "_test.rego"):
		s.tests = append(s.tests, f)
	case folder == libFolder:
		s.library = append(s.library, f)
	default:
		s.policies = append(s.policies, f)
	}
	return nil
}

// revision identifies what the sources say, and the engine that reads them.
// Tests do not count.
func (s *sources) revision() string {
	h := sha256.New()
	fmt.Fprintln(h, InputSchema, version.Version)
	all := slices.Concat(s.library, s.policies)
	slices.SortFunc(all, func(a, b file) int { return strings.Compare(a.path, b.path) })
	for _, f := range all {
		fmt.Fprintln(h, f.path, len(f.text), f.text)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
