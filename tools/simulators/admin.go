package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// admin adds the paths of this command to those of a simulator.
func admin(own http.Handler, w world, edit func(nth int) error) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", own)
	var edited atomic.Int64
	mux.HandleFunc("POST /_edit", func(rw http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.FormValue("n"))
		for i := 0; i < n && err == nil; i++ {
			err = edit(int(edited.Add(1)))
		}
		if err != nil {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return
		}
		rw.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /_hooks", func(rw http.ResponseWriter, r *http.Request) {
		var hook simulator.Hook
		err := json.NewDecoder(r.Body).Decode(&hook)
		if err == nil {
			err = w.Hooks().Register(hook)
		}
		if err != nil {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return
		}
		rw.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /_process", showProcess)
	return mux
}

// process is what this process has cost so far.
type process struct {
	ProcessorMillis int64  `json:"processorMillis"`
	HeapBytes       uint64 `json:"heapBytes"`
	PeakBytes       int64  `json:"peakBytes"` // resident
}

func showProcess(rw http.ResponseWriter, _ *http.Request) {
	var usage syscall.Rusage
	var memory runtime.MemStats
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	runtime.ReadMemStats(&memory)
	cpu := time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	rw.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(rw).Encode(process{cpu.Milliseconds(), memory.HeapAlloc, usage.Maxrss << 10}) // the reader may have gone
}

// host is an address without its path.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Scheme + "://" + u.Host
}
