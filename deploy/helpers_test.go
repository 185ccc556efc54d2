package deploy

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// stage is one stage of a Dockerfile.
type stage struct {
	from  string
	lines [][2]string // instruction and the rest
}

func (s stage) all(instruction string) (found []string) {
	for _, line := range s.lines {
		if line[0] == instruction {
			found = append(found, line[1])
		}
	}
	return found
}

func (s stage) one(t *testing.T, instruction string) string {
	t.Helper()
	found := s.all(instruction)
	if len(found) != 1 {
		t.Fatalf("%d times %s in the stage from %s", len(found), instruction, s.from)
	}
	return found[0]
}

func dockerfile(t *testing.T) (stages []stage) {
	t.Helper()
	for line := range strings.Lines(read(t, "Dockerfile")) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		instruction, rest, _ := strings.Cut(line, " ")
		if instruction == "FROM" {
			stages = append(stages, stage{from: rest})
			continue
		}
		last := &stages[len(stages)-1]
		last.lines = append(last.lines, [2]string{instruction, rest})
	}
	if len(stages) != 2 {
		t.Fatalf("%d stages", len(stages))
	}
	return stages
}

// program is built once, by the Dockerfile's own command.
var program struct {
	sync.Once
	path, out string
	err       error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if program.path != "" {
		_ = os.RemoveAll(filepath.Dir(program.path))
	}
	os.Exit(code)
}

// built is the path of the program.
func built(t *testing.T) string {
	t.Helper()
	program.Do(func() {
		folder, err := os.MkdirTemp("", "deploy")
		if err != nil {
			program.err = err
			return
		}
		program.path = filepath.Join(folder, "trackwarden")
		for _, line := range dockerfile(t)[0].all("RUN") {
			if !strings.Contains(line, " go build ") {
				continue
			}
			// Without -trimpath it shares the build cache with the tests.
			line = strings.NewReplacer("/out/", folder+"/", " -trimpath", "").Replace(line)
			cmd := exec.CommandContext(t.Context(), "sh", "-c", line)
			cmd.Dir = ".."
			cmd.Env = append(os.Environ(), "VERSION=test")
			out, err := cmd.CombinedOutput()
			program.out, program.err = string(out), err
		}
	})
	if program.err != nil {
		t.Fatalf("build: %v\n%s", program.err, program.out)
	}
	return program.path
}

// known fails unless the program knows the command with each of its flags.
func known(t *testing.T, line []string) {
	t.Helper()
	var words []string
	for _, word := range line {
		if strings.HasPrefix(word, "-") {
			break
		}
		words = append(words, word)
	}
	out, err := exec.CommandContext(t.Context(), built(t), append(words, "--help")...).CombinedOutput()
	help := string(out)
	if command := "trackwarden " + strings.Join(words, " "); err != nil || !strings.Contains(help, "\n  "+command+" [flags]\n") {
		t.Errorf("%s is no command (%v):\n%s", command, err, help)
	}
	for _, word := range line {
		flag, _, _ := strings.Cut(word, "=")
		if strings.HasPrefix(flag, "--") && !regexp.MustCompile(regexp.QuoteMeta(flag)+`\b`).MatchString(help) {
			t.Errorf("%s has no flag %s", strings.Join(words, " "), flag)
		}
	}
}

// valid fails unless the example is a valid configuration in the environment.
func valid(t *testing.T, environment map[string]string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), built(t), "config", "validate", "--config", "../config/example.yaml")
	for name, value := range environment {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "warning") {
		t.Errorf("%v: %s", err, out)
	}
}

func exists(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
