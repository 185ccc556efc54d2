package trackwarden_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/trackwarden/trackwarden"

// floors are the rooms by the floor they are on. A room imports only rooms on
// floors below its own; docs/architecture.md says what each is for.
var floors = []map[string]bool{
	set("backlog", "failpoint"),
	set("connectors", "store", "config", "policies"),
	set("sync/pull", "sync/evaluate", "sync/plan", "sync/apply", "report", "example", "reliability/oracle"),
	set("web", "sync/reconcile", "report/deliver"),
	set("cmd", "reliability"),
}

// apart are the imports on one floor that the house allows.
var apart = map[string][]string{
	"sync/evaluate":                   {"sync/evaluate/survey"},
	"connectors/jira":                 {"connectors/rest"},
	"connectors/azuredevops":          {"connectors/rest"},
	"connectors/jira/jirasim":         {"connectors/simulator"},
	"connectors/azuredevops/azuresim": {"connectors/simulator"},
	"connectors/simulator/openapi":    {"connectors/simulator/evidence"}, // both for tests only
	"policies/engine":                 {"policies"},
	"policies/remote":                 {"policies/engine"},
	"policies/pages":                  {"policies/engine"},
	"policies/starter":                {"policies/engine"},
	"policies/engine/cmd/policydocs":  {"policies", "policies/engine", "policies/pages"},
}

func TestRoomsImportOnlyRoomsBelow(t *testing.T) {
	for _, file := range goFiles(t) {
		from := path.Dir(file.path)
		if file.test || from == "." || strings.HasPrefix(from, "tools/") || strings.HasPrefix(from, "deploy") {
			continue
		}
		floor := floorOf(from)
		if floor < 0 {
			t.Errorf("%s is on no floor: give it one here and in docs/architecture.md", from)
		}
		for _, to := range file.imports {
			room, ours := strings.CutPrefix(to, module+"/")
			if ours && floorOf(room) >= floor && !slices.Contains(apart[from], room) {
				t.Errorf("%s is on floor %d and imports %s on floor %d", file.path, floor, room, floorOf(room))
			}
		}
	}
}

func TestBacklogKnowsOnlyTheStandardLibrary(t *testing.T) {
	for _, file := range goFiles(t) {
		if path.Dir(file.path) != "backlog" || file.test {
			continue
		}
		for _, to := range file.imports {
			if first, _, _ := strings.Cut(to, "/"); strings.Contains(first, ".") {
				t.Errorf("%s imports %s", file.path, to)
			}
		}
	}
}

// A simulator that shared code with the connector would share its errors. This
// holds for its tests too.
func TestSimulatorsKnowNothingOfWhatTheyTest(t *testing.T) {
	simulators := set("connectors/simulator", "connectors/simulator/evidence", "connectors/simulator/openapi", "connectors/jira/jirasim", "connectors/azuredevops/azuresim")
	seen := map[string]bool{}
	for _, file := range goFiles(t) {
		from := path.Dir(file.path)
		if !simulators[from] {
			continue
		}
		seen[from] = true
		for _, to := range file.imports {
			if room, ours := strings.CutPrefix(to, module+"/"); ours && !simulators[room] {
				t.Errorf("%s imports %s", file.path, room)
			}
		}
	}
	if len(seen) != len(simulators) {
		t.Errorf("found only the simulators %v", seen)
	}
}

func TestOnlyTheEngineKnowsOPA(t *testing.T) {
	for _, file := range goFiles(t) {
		for _, to := range file.imports {
			if strings.HasPrefix(to, "github.com/open-policy-agent/") && !strings.HasPrefix(file.path, "policies/engine/") {
				t.Errorf("%s imports %s", file.path, to)
			}
		}
	}
}

func TestNoRoomOfSyncKnowsAConnectorTheStoreOrTheConfiguration(t *testing.T) {
	for _, file := range goFiles(t) {
		if !strings.HasPrefix(file.path, "sync/") || file.test {
			continue
		}
		for _, to := range file.imports {
			room := strings.TrimPrefix(to, module+"/")
			if top, _, _ := strings.Cut(room, "/"); room != to && set("connectors", "store", "config")[top] {
				t.Errorf("%s imports %s: declare the methods that you need", file.path, room)
			}
		}
	}
}

func TestFilesTellOneStory(t *testing.T) {
	const limit = 400
	for _, file := range goFiles(t) {
		if lines := strings.Count(file.text, "\n"); lines > limit && !file.generated {
			t.Errorf("%s has %d lines, more than %d", file.path, lines, limit)
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	said := map[string]bool{}
	for _, file := range goFiles(t) {
		if dir := path.Dir(file.path); !file.test {
			said[dir] = said[dir] || len(strings.TrimSpace(file.tree.Doc.Text())) > 40
		}
	}
	for dir, ok := range said {
		if !ok {
			t.Errorf("package %s has no comment", dir)
		}
	}
}

func TestNothingHappensOnImport(t *testing.T) {
	for _, file := range goFiles(t) {
		for _, decl := range file.tree.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init function", file.path)
			}
		}
	}
}

// The house speaks only of itself: not of the machine it was built on.
func TestNoTextNamesAMachine(t *testing.T) {
	elsewhere := regexp.MustCompile(`/(?:root|home/[a-z]\w*|Users/\w+|work/(?:main|shared)|tmp/tw)\b`)
	for name, text := range texts(t) {
		for i, line := range strings.Split(text, "\n") {
			if found := elsewhere.FindString(line); found != "" && name != "house_test.go" {
				t.Errorf("%s:%d names %s", name, i+1, found)
			}
		}
	}
}

// goFile is one Go file of this module, parsed.
type goFile struct {
	path, text      string
	tree            *ast.File
	imports         []string
	test, generated bool
}

func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	for name, text := range texts(t) {
		if path.Ext(name) != ".go" {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		file := goFile{path: name, text: text, tree: tree, test: strings.HasSuffix(name, "_test.go"), generated: ast.IsGenerated(tree)}
		for _, spec := range tree.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			file.imports = append(file.imports, to)
		}
		files = append(files, file)
	}
	slices.SortFunc(files, func(a, b goFile) int { return strings.Compare(a.path, b.path) })
	if len(files) < 100 {
		t.Fatalf("found only %d Go files", len(files))
	}
	return files
}

// texts are the text files of the project by their path: no database, no
// archive, nothing that was built.
func texts(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	kinds := set(".go", ".md", ".rego", ".yaml", ".yml", ".json", ".sql", ".html", ".css", ".service", ".mod", "")
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if set("bin", ".git", "trackwarden-demo")[name] {
				return fs.SkipDir
			}
			return nil
		}
		if !kinds[filepath.Ext(name)] {
			return nil
		}
		text, err := os.ReadFile(name)
		found[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// floorOf finds the floor of a room by its own name or that of the room around
// it; -1 when it is on none.
func floorOf(room string) int {
	for ; room != "."; room = path.Dir(room) {
		for floor, rooms := range floors {
			if rooms[room] {
				return floor
			}
		}
	}
	return -1
}

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, name := range names {
		m[name] = true
	}
	return m
}
