package deploy

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const configPath = "/etc/trackwarden/trackwarden.yaml"

func TestTheImageHoldsOneStaticBinaryAndRunsAsNobody(t *testing.T) {
	image := dockerfile(t)
	final := image[len(image)-1]
	if final.from != "scratch" {
		t.Errorf("the image is built on %s", final.from)
	}
	user := final.one(t, "USER")
	if !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(user) {
		t.Errorf("user %q is not a number other than root", user)
	}
	for _, line := range final.all("COPY") {
		if !strings.HasPrefix(line, "--from=build ") {
			t.Errorf("the image takes %s from outside the build", line)
		}
	}
	if got := final.one(t, "ENTRYPOINT"); got != `["/trackwarden"]` {
		t.Errorf("entrypoint %s", got)
	}
	if runtime.GOOS != "linux" {
		return
	}
	binary, err := elf.Open(built(t))
	if err != nil {
		t.Fatal(err)
	}
	defer binary.Close()
	for _, p := range binary.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the binary is linked dynamically")
		}
	}
}

func TestWhatTheImageCopiesExists(t *testing.T) {
	for _, s := range dockerfile(t) {
		for _, line := range s.all("COPY") {
			words := strings.Fields(line)
			for _, source := range words[:len(words)-1] {
				if strings.HasPrefix(line, "--from=") || strings.HasPrefix(source, "--") {
					continue // made in an earlier stage, which TestTheImage… runs
				}
				exists(t, filepath.Join("..", source))
			}
		}
	}
}

func TestTheImageStartsTheDaemon(t *testing.T) {
	image := dockerfile(t)
	var command []string
	if err := yaml.Unmarshal([]byte(image[len(image)-1].one(t, "CMD")), &command); err != nil {
		t.Fatal(err)
	}
	known(t, command)
}

// composition is what we read of compose.yaml.
type composition struct {
	Services map[string]struct {
		Build       struct{ Context, Dockerfile string }
		Command     []string
		Environment map[string]string
		Volumes     []string
		Ports       []string
		User        string
		ReadOnly    bool     `yaml:"read_only"`
		CapDrop     []string `yaml:"cap_drop"`
		SecurityOpt []string `yaml:"security_opt"`
		Privileged  bool
	}
	Volumes map[string]any
}

func TestTheCompositionIsLockedDownAndNamesWhatExists(t *testing.T) {
	var c composition
	if err := yaml.Unmarshal([]byte(read(t, "compose.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	s, ok := c.Services["trackwarden"]
	if !ok || len(c.Services) != 1 {
		t.Fatalf("services: %v", c.Services)
	}
	exists(t, filepath.Join(s.Build.Context, s.Build.Dockerfile))
	known(t, s.Command)
	if !s.ReadOnly || s.Privileged || strings.Join(s.CapDrop, " ") != "ALL" || strings.Join(s.SecurityOpt, " ") != "no-new-privileges:true" {
		t.Error("the container is not locked down")
	}
	if strings.HasPrefix(s.User, "0") || s.User == "" {
		t.Errorf("user %q", s.User)
	}
	for _, port := range s.Ports {
		if !strings.HasPrefix(port, "127.0.0.1:") {
			t.Errorf("port %s is open to everybody", port)
		}
	}
	mounted := map[string]bool{}
	for _, v := range s.Volumes {
		parts := strings.Split(v, ":")
		mounted[parts[1]] = true
		if _, named := c.Volumes[parts[0]]; !named {
			exists(t, parts[0])
		}
	}
	if !mounted[configPath] || !mounted[filepath.Dir(s.Environment["TRACKWARDEN_STORE_PATH"])] {
		t.Errorf("the configuration or the store is not mounted: %v", mounted)
	}
	valid(t, s.Environment)
}

func TestTheUnitIsLockedDownAndNamesWhatExists(t *testing.T) {
	unit := read(t, "systemd/trackwarden.service")
	for _, line := range []string{"DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "StateDirectory=trackwarden"} {
		if !strings.Contains(unit, "\n"+line+"\n") {
			t.Errorf("the unit lacks %s", line)
		}
	}
	start := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/trackwarden (.*)$`).FindStringSubmatch(unit)
	if start == nil {
		t.Fatal("the unit does not start /usr/local/bin/trackwarden")
	}
	known(t, strings.Fields(start[1]))
	environment := map[string]string{"SHOP_TOKEN": "x", "PLATFORM_TOKEN": "x"}
	for _, set := range regexp.MustCompile(`(?m)^Environment=(\w+)=(.*)$`).FindAllStringSubmatch(unit, -1) {
		environment[set[1]] = set[2]
	}
	valid(t, environment)
}

func TestSystemdUnderstandsTheUnit(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("needs systemd-analyze (Debian package systemd)")
	}
	// The program is not installed here: let the unit name the one just built.
	unit := strings.ReplaceAll(read(t, "systemd/trackwarden.service"), "/usr/local/bin/trackwarden", built(t))
	file := filepath.Join(t.TempDir(), "trackwarden.service")
	if err := os.WriteFile(file, []byte(unit), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), analyze, "verify", "--man=no", "--recursive-errors=no", file).CombinedOutput()
	if err != nil || strings.Contains(string(out), "trackwarden.service:") {
		t.Errorf("%v\n%s", err, out)
	}
}

// Every command line of the README's that runs the program or copies a file.
func TestTheReadmeNamesWhatExists(t *testing.T) {
	text := read(t, "README.md")
	lines := regexp.MustCompile(`(?m)^(?:bin/|docker compose .* run --rm )trackwarden (.*)$`).FindAllStringSubmatch(text, -1)
	if len(lines) < 3 {
		t.Errorf("found only %d command lines", len(lines))
	}
	for _, line := range lines {
		known(t, strings.Fields(line[1]))
	}
	for _, file := range regexp.MustCompile(`\b(?:deploy|config)/[\w./-]+\w`).FindAllString(text, -1) {
		exists(t, filepath.Join("..", file))
	}
}
