// Package pull brings what changed in a tracker into the store.
//
// A round is a set of sweeps that together carry every change since the last
// complete round. Each page is committed with the position behind it, so a
// round that was cut off goes on where it stopped; the mark moves only when
// every sweep of the round has ended. A census then compares the tracker's
// identities with the store's, because a listing that ended without an error
// may still have been cut short.
//
// Pulling judges nothing and concludes nothing from absence.
package pull
