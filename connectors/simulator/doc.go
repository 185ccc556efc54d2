// Package simulator is what the tracker simulators share: faults on demand and
// a log of the truth.
//
// A simulator is an ordinary http.Handler that holds a world. Handler wraps it:
// every request first meets the fault rules, which may refuse it, cut its
// connection before or after it took effect, delay, drip or truncate its
// answer; and every request leaves an entry in the truth, which says whether
// the world changed because of it. The client can see neither, so a test can
// ask afterwards what really happened and compare.
//
// Hooks sends a simulator's events to webhooks and can lose, double, forge and
// delay them.
//
// How to provoke the rows of the fault matrix (R: reading, H: HTTP):
//
//	R01       jirasim Settings.Zone: bare dates in JQL are read there, to the minute (R02)
//	R03, R04  jirasim Settings.IndexLag for all, Human.Lag for one issue
//	R05, R24  Rule.Do with an edit between two pages
//	R06, R08  Rule.SameToken, Rule.Repeat
//	R07       Rule.Swap or a Status with a Body
//	R09       Rule.Keep
//	R10       jirasim Deny and Allow of BROWSE_PROJECTS, azuresim HideProject and ShowProject; from Rule.Do in mid-pass
//	R11       Hide and Unhide or Show
//	R12, R13  Delete with or without Hooks (HookFault.Lost); azuresim Delete, Restore, Destroy
//	R14, R15  Move, MoveProject, SetField of System.WorkItemType
//	R16       jirasim Human.Delete, then AddIssue with the same key
//	R17       jirasim AddField with a known id, DropField; azuresim ChangeField, DropField
//	R18       jirasim DropContext
//	R19       SetField with any text, EditComment; R20, R21: Rule.Swap, or a Status with a Body
//	R22       Human.Redate and Person.Redate; null: Rule.Swap
//	R23       azuresim Grow with more than 20,000 items: queries are capped as by the service
//	R25       Rule.Status 410
//	H01, H02  Rule.Status 429 with Header; jirasim Settings.Allowance is a Data Center's own limit
//	H03       more than 20 writes to an issue in 2 s, or a Rule whose Path names it
//	H04, H05  Rule.Status with Chance; Served applies first
//	H06, H07  Rule.CutAfter, Rule.CutBefore; H08, H09: Rule.LateApply
//	H11, H13  jirasim Refuse, azuresim Settings.SignIn; H12: Rule.Status 307 with a Location
//	H14       Rule.ContentType, Rule.Status 200 with any Body
//	H15, H16  Rule.Truncate; H17: Rule.Drip, Rule.Delay; H18: Rule.Flood, Rule.Bomb
//	H19       ServeTLS
//	H23       Rule.From; H24: jirasim Deny, azuresim Deny
//	H25, H27  the simulators' own rules: lengths, labels, tags, test /rev
//	H26       DeleteComment
//	T04       Rule.ClockOffset, or Settings.Clock
//
// Nothing here can bring about H20 (names that resolve elsewhere), H22 (HTTP/2)
// and H28 (a batch that fails in parts: neither simulator offers one).
//
// The package knows no tracker.
package simulator
