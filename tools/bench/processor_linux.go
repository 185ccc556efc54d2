package main

import (
	"fmt"
	"syscall"
	"time"
	"unsafe"
)

// processorTime is what a running process has used of the processors so far,
// in user and system mode, with all its threads: clock_getcpuclockid(3) says
// how its clock is called.
func processorTime(pid int) (time.Duration, error) {
	const sched = 2
	var t syscall.Timespec
	_, _, failed := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, uintptr(^pid<<3|sched), uintptr(unsafe.Pointer(&t)), 0)
	if failed != 0 {
		return 0, fmt.Errorf("read the processor time of %d: %w", pid, failed)
	}
	return time.Duration(t.Nano()), nil
}

// peakUnit is that of Maxrss, in bytes.
const peakUnit = 1024
