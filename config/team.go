package config

// Team works on the items that one of its matches fits.
type Team struct {
	// The team's name.
	Name string `yaml:"name" validate:"required" jsonschema:"required"`
	// The train that it belongs to.
	Train string `yaml:"train,omitempty"`
	// Its Product Owner, one of the people.
	Owner string `yaml:"owner,omitempty"`
	// Which items are the team's: those that fit any of these.
	Match Matches `yaml:"match" validate:"min=1,dive" jsonschema:"required"`
}

// Person is somebody with the accounts that are theirs.
type Person struct {
	// How the rest of this file calls the person.
	Name string `yaml:"name" validate:"required" jsonschema:"required"`
	// Where reports are sent.
	Email string `yaml:"email,omitempty" validate:"omitempty,email" jsonschema:"format=email"`
	// The person's accounts in the trackers.
	Accounts []Account `yaml:"accounts,omitempty" validate:"dive"`
}

// Account is a person's account in one connection.
type Account struct {
	// The connection.
	Connection string `yaml:"connection" validate:"required" jsonschema:"required"`
	// The tracker's account id.
	ID string `yaml:"id" validate:"required" jsonschema:"required"`
}
