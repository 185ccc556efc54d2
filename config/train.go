package config

// Train is an agile release train: several teams that plan together.
type Train struct {
	// The train's name.
	Name string `yaml:"name" validate:"required" jsonschema:"required"`
	// The release train engineer, by name.
	RTE string `yaml:"rte,omitempty"`
	// The Product Manager, by name.
	ProductManager string `yaml:"product_manager,omitempty"`
	// The planning intervals, which may not overlap.
	Increments []Increment `yaml:"increments,omitempty" validate:"dive"`
}

// Increment is a planning interval (PI) of a train.
type Increment struct {
	// The interval's name, for example "PI 26.4".
	Name string `yaml:"name" validate:"required" jsonschema:"required"`
	// Its first day, YYYY-MM-DD.
	Start string `yaml:"start" validate:"required,datetime=2006-01-02" jsonschema:"required,format=date"`
	// Its last day, YYYY-MM-DD.
	End string `yaml:"end" validate:"required,datetime=2006-01-02" jsonschema:"required,format=date"`
	// The day on which planning ends and what is planned is kept as its baseline, YYYY-MM-DD; its first day when left out.
	PlanningEnds string `yaml:"planning_ends,omitempty" validate:"omitempty,datetime=2006-01-02" jsonschema:"format=date"`
	// Which items are planned for it. An iteration path (Azure DevOps) and a fix version (Jira) named together mean
	// either of them, because no item has both.
	Match Matches `yaml:"match,omitempty" validate:"dive"`
}
