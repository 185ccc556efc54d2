package azuredevops

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/trackwarden/trackwarden/connectors/rest"
)

// A batch of work items is by far the most that we are sent, and most of it is
// of no use to us. So its JSON, which the HTTP stack has found to be valid, is
// cut into its parts without being looked at again, and only what is asked for
// is decoded.

// raw takes an answer as it is. It must be valid JSON.
type raw []byte

// decode reads one value, as far as fields of work items have them: a text, a
// number, true or false, an account; nil for everything else.
func decode(value []byte) (any, error) {
	if len(value) == 0 {
		return nil, nil
	}
	switch value[0] {
	case '"':
		return decodeText(value)
	case '{':
		return decodeIdentity(value)
	case 't', 'f':
		return value[0] == 't', nil
	case 'n', '[':
		return nil, nil
	}
	return strconv.ParseFloat(string(value), 64)
}

func decodeIdentity(value []byte) (who identity, err error) {
	err = rest.Members(value, func(name, value []byte) error {
		if len(value) < 2 || value[0] != '"' {
			return nil
		}
		var err error
		switch string(name) {
		case "id":
			who.ID, err = decodeText(value)
		case "descriptor":
			who.Descriptor, err = decodeText(value)
		case "displayName":
			who.DisplayName, err = decodeText(value)
		case "uniqueName":
			who.UniqueName, err = decodeText(value)
		}
		return err
	})
	return who, err
}

// decodeText reads a text. No store takes its null characters.
func decodeText(value []byte) (string, error) {
	if len(value) < 2 {
		return "", rest.ErrForm
	}
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner), nil
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return "", fmt.Errorf("read text: %w", err)
	}
	return strings.ReplaceAll(text, "\x00", ""), nil
}
