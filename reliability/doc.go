// Package reliability is the fault matrix as tests over real HTTP: what has to
// hold when trackers, networks, disks and processes fail, where it takes more
// than one room to show it. The tests run connectors, stores and whole
// processes against the simulators, and compare with the simulators' log of
// what really happened, which nothing under test can see. A test carries its
// row in its name: TestH01 is row H01.
package reliability
