package config

// Store is where Trackwarden keeps what it knows.
type Store struct {
	// The database.
	Driver string `yaml:"driver,omitempty" validate:"oneof=sqlite" jsonschema:"enum=sqlite,default=sqlite"`
	// The database's file, from this file's folder on.
	Path string `yaml:"path,omitempty" validate:"required" jsonschema:"default=trackwarden.db"`
}

// Server is the web page and HTTP API.
type Server struct {
	// Host and port to listen on.
	Listen string `yaml:"listen,omitempty" validate:"required,listen" jsonschema:"default=127.0.0.1:8080"`
}
