package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sagikazarmark/locafero"
	"github.com/spf13/viper"
)

const fileName = "trackwarden.yaml"

// separator stands between the parts of a key in viper. Dots and colons occur
// in names.
const separator = "::"

// find lets viper look for the file. What is wrong inside it is not viper's to
// say: the strict decoding does, with lines.
func find(path string) (*viper.Viper, string, error) {
	folders := []string{"."}
	if own, err := os.UserConfigDir(); err == nil {
		folders = append(folders, filepath.Join(own, "trackwarden"))
	}
	finder := locafero.Finder{Paths: absolute(folders), Names: []string{fileName}, Type: locafero.FileTypeFile}
	v := viper.NewWithOptions(viper.KeyDelimiter(separator), viper.WithFinder(finder))
	v.SetConfigType("yaml")
	if path != "" {
		v.SetConfigFile(path)
		return v, path, nil
	}
	var missing viper.ConfigFileNotFoundError
	if err := v.ReadInConfig(); errors.As(err, &missing) {
		return nil, "", notFound(folders)
	}
	return v, relative(v.ConfigFileUsed()), nil
}

func notFound(folders []string) error {
	where := "this folder"
	if len(folders) > 1 {
		where += " or in " + folders[1]
	}
	return fmt.Errorf("find configuration: %w: no %s in %s: write one (config/example.yaml shows how) or name it with --config",
		fs.ErrNotExist, fileName, where)
}

func absolute(folders []string) []string {
	paths := make([]string, len(folders))
	for i, folder := range folders {
		paths[i] = folder
		if abs, err := filepath.Abs(folder); err == nil {
			paths[i] = abs
		}
	}
	return paths
}

// relative shortens the path of a file in the working folder: it stands before
// every problem.
func relative(path string) string {
	if here, err := os.Getwd(); err == nil && filepath.Dir(path) == here {
		return filepath.Base(path)
	}
	return path
}
