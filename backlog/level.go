package backlog

import "strings"

// Level is the place of an item in the backlog's hierarchy. The empty level
// means that the tracker's type is not part of a backlog (a test case, say);
// such items are stored and never judged.
type Level string

// The levels, from the largest to the smallest.
const (
	Portfolio  Level = "portfolio"
	Capability Level = "capability"
	Feature    Level = "feature"
	Story      Level = "story"
	Task       Level = "task"
)

// Levels lists the levels from the largest to the smallest.
func Levels() []Level { return []Level{Portfolio, Capability, Feature, Story, Task} }

// LevelNamed finds the level under which a type is named, whatever its letters'
// case; the largest when there are several, none when it is not named.
func LevelNamed(names map[Level][]string, typeName string) (Level, bool) {
	for _, level := range Levels() {
		for _, name := range names[level] {
			if strings.EqualFold(name, typeName) {
				return level, true
			}
		}
	}
	return "", false
}

// Kind says what sort of work an item is; it crosses the levels. The empty
// kind is ordinary business work.
type Kind string

// The kinds that policies tell apart.
const (
	Enabler Kind = "enabler"
	Bug     Kind = "bug"
	Spike   Kind = "spike"
	Chore   Kind = "chore"
)

// Category is the normalized state of an item. Both trackers have such
// categories; the native state is kept beside it.
type Category string

// The categories in the order of a life. Removed is Azure's "Removed" and
// counts as done everywhere: nobody works on it any more.
const (
	ToDo       Category = "todo"
	InProgress Category = "in_progress"
	Done       Category = "done"
	Removed    Category = "removed"
)

// NotDone reports whether the work is still ahead of somebody.
func (c Category) NotDone() bool { return c != Done && c != Removed }
