package config

import "testing"

func TestAPolicyIsAddedToWhatIsThere(t *testing.T) {
	const entry = "{policy: story/x}"
	for name, tc := range map[string]struct{ text, folder, want string }{
		"nothing of policies": {
			"# mine\nowner: me", "./p",
			"# mine\nowner: me\npolicies:\n  paths: [\"./p\"]\n  settings:\n    - {policy: story/x}\n",
		},
		"some of it": {
			"policies: # ours\n    writing: all # not yet\n\nowner: me\n", "./p",
			"policies: # ours\n    paths: [\"./p\"]\n    settings:\n      - {policy: story/x}\n    writing: all # not yet\n\nowner: me\n",
		},
		"settings": {
			"policies:\n  settings:\n  # the first\n  - {policy: story/y}\n  - policy: story/z\n", "",
			"policies:\n  settings:\n  # the first\n  - {policy: story/x}\n  - {policy: story/y}\n  - policy: story/z\n",
		},
		"other folders":  {"policies:\n  paths: [./q]\n", "./p", ""},
		"one line":       {"policies: {writing: all}\n", "./p", ""},
		"settings in []": {"policies:\n  settings: [{policy: story/y}]\n", "", ""},
		"JSON":           {"{\"owner\": \"me\"}\n", "", ""},
		"nothing at all": {"# soon\n", "", ""},
		"no YAML":        {"a: [\n", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, added := AddPolicy([]byte(tc.text), tc.folder, entry)
			if added != (tc.want != "") {
				t.Errorf("added: %v", added)
			}
			if want := tc.want; want == "" && string(got) != tc.text || want != "" && string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
