package engine

// Practices lists the practices of Product Owners and Product Managers that a
// policy can serve, as METADATA names them, in the order in which a backlog is
// looked after.
func Practices() []string { return practices() }

// Folders lists what can be judged: the folders that policies live in, the
// levels of a backlog first.
func Folders() []string { return folders() }
