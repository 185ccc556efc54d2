package jira

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// Pages of issues are by far the most that we are sent, and the HTTP stack has
// found each to be valid JSON. So they are cut into their parts without being
// looked at again, and what is in the parts is decoded once.

// taker is an answer that takes its members one by one.
type taker interface {
	take(name string, value []byte) error
}

// decodeAll reads an answer.
func decodeAll(body io.Reader, into any) error {
	source, err := rest.ReadAll(body)
	if err != nil {
		return err
	}
	source = bytes.TrimSpace(source)
	if t, ok := into.(taker); ok && bytes.HasPrefix(source, []byte("{")) {
		return takeAll(source, t.take)
	}
	return json.Unmarshal(source, into)
}

// takeAll hands out the members of an object by their names.
func takeAll(source []byte, take func(name string, value []byte) error) error {
	return rest.Members(source, func(name, value []byte) error {
		if bytes.IndexByte(name, '\\') < 0 {
			return take(string(name), value)
		}
		var plain string
		if err := json.Unmarshal(append(append([]byte{'"'}, name...), '"'), &plain); err != nil {
			return err
		}
		return take(plain, value)
	})
}

// elements cuts an array into its parts. What is none is left to the decoder,
// which says so.
func elements(source []byte, all *[]json.RawMessage) error {
	if !bytes.HasPrefix(source, []byte("[")) {
		return json.Unmarshal(source, all)
	}
	return rest.Members(source, func(_, value []byte) error {
		*all = append(*all, value)
		return nil
	})
}
