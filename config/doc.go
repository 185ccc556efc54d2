// Package config reads trackwarden.yaml: what is watched, whose it is, which
// policies hold and what may be written.
//
// One file says everything. Load finds it, takes single values from the
// environment (TRACKWARDEN_SCHEDULE_POLL=5m), and then believes nothing: an
// unknown key is an error with its line and the key that was probably meant,
// names that refer to nothing are errors, and all problems are told at once,
// each as one sentence that says what to do.
//
// Secrets never stand in the file. A Secret names an environment variable or a
// file and holds no value: it is read when it is used, so that a rotated token
// is picked up, and there is nothing that a log could print.
//
// The comments on the fields are the descriptions of the published JSON Schema
// (schema.json).
package config
