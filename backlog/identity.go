package backlog

import "strings"

// SiteID names the Jira site or Azure DevOps organisation behind a connection:
// the kind, a colon and the tracker's own immutable id, for example
// "jira:11111111-2222-3333-4444-555555555555". It is pinned at first contact;
// names and addresses of a site may change, this may not.
type SiteID string

// ItemID identifies an item for ever: its site and the tracker's immutable id.
// Keys and titles are display only, because a moved Jira issue gets a new key.
type ItemID struct {
	Site SiteID `json:"site"`
	ID   string `json:"id"`
}

// String is the id as one word, "SITE/ID".
func (id ItemID) String() string { return string(id.Site) + "/" + id.ID }

// IsZero reports whether the identity is unknown.
func (id ItemID) IsZero() bool { return id == ItemID{} }

// ProjectID identifies a project of a site by the tracker's immutable id.
type ProjectID struct {
	Site SiteID `json:"site"`
	ID   string `json:"id"`
}

// Ref points to an item, perhaps in another tracker, by whatever is known of
// it. At least one part is filled. It is kept as it came until its target is
// known.
type Ref struct {
	ID  ItemID `json:"id,omitzero"`
	Key string `json:"key,omitempty"`
	URL string `json:"url,omitempty"`
}

// Address is the reference as one comparable word, "id:…", "url:…" or "key:…",
// the surest part first. Two references to one item may have different
// addresses; the same address always means the same item.
func (r Ref) Address() string {
	switch {
	case !r.ID.IsZero():
		return "id:" + r.ID.String()
	case r.URL != "":
		return "url:" + strings.TrimSuffix(r.URL, "/")
	default:
		return "key:" + strings.ToUpper(r.Key)
	}
}

// Label is what a person should see of the reference: the key if there is one.
func (r Ref) Label() string {
	switch {
	case r.Key != "":
		return r.Key
	case r.URL != "":
		return r.URL
	default:
		return r.ID.ID
	}
}
