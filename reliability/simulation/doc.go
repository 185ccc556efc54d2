// Package simulation runs the reconcile core against a tracker in which
// everything goes wrong, on a clock of its own: one seed is one run, and the
// same seed is the same run, request for request.
//
// What runs is the product: pull, evaluate, plan and apply over a real
// database, one process or two. What is simulated is around it. The tracker
// (world, server, reader, writer) is kept in native records and notes of every
// label and comment who put it there, which the product cannot see. Between any
// two requests people and a second bot edit, processes are stopped, killed and
// started again, answers are lost, and the database is set back to an older
// copy; the seed decides when (dice, mishaps, people, ledger).
//
// After the storm the faults stop and passes go on until nothing is written any
// more. Then the world is held against what it asks for, from ground truth
// alone (check): no comment twice, nothing of others touched, nothing written
// in vain, what is wanted is there, every write in the audit log once.
package simulation
