package jira

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestToDocument(t *testing.T) {
	m := marker("10001")
	encoded := encode(toDocument("**One** gap, `x`:\n\n- no [criteria](https://a.example/#trackwarden:a:b:c:d) \\*here\\*\n\n> q\n\n1. a <b>\n", footerAddress("https://shop.example/browse/SHOP-1", m)))
	got := string(encoded)
	for _, want := range []string{
		`"type":"doc","version":1`, `{"marks":[{"type":"strong"}],"text":"One","type":"text"}`, `{"marks":[{"type":"code"}],"text":"x","type":"text"}`,
		`"type":"bulletList"`, `"type":"orderedList"`, `"type":"blockquote"`, `{"text":" *here*","type":"text"}`,
		`{"marks":[{"attrs":{"href":"https://a.example/#trackwarden:a:b:c:d"},"type":"link"}],"text":"criteria","type":"text"}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	if read, ok := readLastLink(encoded); !ok || read != m {
		t.Errorf("the marker reads %+v, want %+v", read, m)
	}
	if _, ok := readLastLink(json.RawMessage(`{"type":"doc"}`)); ok {
		t.Error("a marker was read out of nothing")
	}
}
