//go:build !failpoint

package failpoint

import "time"

// Hit is where the process may die. The words say which place it is; the name
// of the exported function around it is added to them.
func Hit(...string) {}

// Clock is the clock to go by.
func Clock() func() time.Time { return time.Now }
