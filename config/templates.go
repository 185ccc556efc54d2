package config

import "path/filepath"

// Templates are texts of an organisation's own.
type Templates struct {
	// File with the words of comments, from this file's folder on. What is in it, trackwarden templates show tells.
	Comment string `yaml:"comment,omitempty"`
}

// CommentFile is the path of the file with the words of comments; empty when
// there is none.
func (c *Config) CommentFile() string {
	if c.Templates.Comment == "" || filepath.IsAbs(c.Templates.Comment) {
		return c.Templates.Comment
	}
	return filepath.Join(c.folder(), c.Templates.Comment)
}
