package plan

import (
	"time"

	"github.com/trackwarden/trackwarden/backlog"
)

// DigestFor is how long an item of the digest gets no comment of its own: until
// at least one weekly report has told of it.
const DigestFor = 7 * 24 * time.Hour

const inDigest = "in the digest: labels only, the report tells of it"

// digested reports whether an item is told of in the report, because whoever it
// is assigned to got a handful of comments already.
func digested(v backlog.View, s Settings, w World) bool {
	return s.Budget.PerPersonDay > 0 && !v.Digest.IsZero() && w.Now.Before(v.Digest.Add(DigestFor))
}
