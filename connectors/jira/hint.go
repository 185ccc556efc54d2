package jira

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/trackwarden/trackwarden/backlog"
)

// Hint implements backlog.Hinter: it reads a webhook of Jira's. Jira signs the
// body with the webhook's secret (X-Hub-Signature, as WebSub has it); without
// a secret in the settings nothing can be checked and every hint is refused.
// Events that speak of no issue, such as a sprint's start, name none.
func (t *Tracker) Hint(r *http.Request, body []byte) ([]backlog.Hint, error) {
	if err := t.authentic(r, body); err != nil {
		return nil, fmt.Errorf("read webhook: %w", err)
	}
	var told webhook
	if err := json.Unmarshal(body, &told); err != nil {
		return nil, fmt.Errorf("read webhook: understand its body: %w", err)
	}
	m, err := t.known(r.Context())
	if err != nil {
		return nil, fmt.Errorf("read webhook: %w", err)
	}
	var hints []backlog.Hint
	seen := map[ident]bool{"": true}
	for i, id := range told.ids() {
		if seen[id] || isKey(string(id)) {
			continue
		}
		seen[id] = true
		hints = append(hints, backlog.Hint{ID: m.id(id), Deleted: i == 0 && told.Event == "jira:issue_deleted"})
	}
	return hints, nil
}

// authentic checks the signature over the body as it came.
func (t *Tracker) authentic(r *http.Request, body []byte) error {
	if t.settings.WebhookSecret == nil {
		return fmt.Errorf("%w: connection %s has no secret for webhooks; configure the one that Jira's webhook was given", backlog.ErrUnauthorized, t.settings.Connection)
	}
	secret, err := t.settings.WebhookSecret()
	if err != nil {
		return fmt.Errorf("read the webhook's secret: %w", err)
	}
	if secret == "" {
		return fmt.Errorf("%w: the secret for webhooks of connection %s is empty; configure the one that Jira's webhook was given", backlog.ErrUnauthorized, t.settings.Connection)
	}
	sent, found := strings.CutPrefix(r.Header.Get("X-Hub-Signature"), "sha256=")
	if !found {
		return fmt.Errorf("%w: the webhook is not signed with sha256; give Jira's webhook the configured secret", backlog.ErrUnauthorized)
	}
	signature, err := hex.DecodeString(sent)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	if err != nil || !hmac.Equal(signature, mac.Sum(nil)) {
		return fmt.Errorf("%w: the webhook's signature is not that of the configured secret", backlog.ErrUnauthorized)
	}
	return nil
}

// webhook is what is read of a webhook's body: ids and nothing else.
type webhook struct {
	Event string `json:"webhookEvent"`
	Issue struct {
		ID     ident `json:"id"`
		Fields struct {
			Parent linked `json:"parent"`
		} `json:"fields"`
	} `json:"issue"`
	Comment struct {
		Self string `json:"self"` // Data Center names the issue of a comment nowhere else
	} `json:"comment"`
	Worklog struct {
		Issue ident `json:"issueId"`
	} `json:"worklog"`
	Link struct {
		Source ident `json:"sourceIssueId"`
		Target ident `json:"destinationIssueId"`
	} `json:"issueLink"`
	Changelog struct {
		Items []changeItem `json:"items"`
	} `json:"changelog"`
}

// ids lists the issues that a webhook speaks of, the one that it is about
// first: then both ends of a link, the parent and the parents before and after.
func (w webhook) ids() []ident {
	ids := []ident{w.Issue.ID, w.Worklog.Issue, w.Link.Source, w.Link.Target, w.Issue.Fields.Parent.ID}
	if m := commentOf.FindStringSubmatch(w.Comment.Self); m != nil {
		ids = append(ids, ident(m[1]))
	}
	for _, item := range w.Changelog.Items {
		if parentField.MatchString(item.Field) {
			ids = append(ids, ident(item.From), ident(item.To))
		}
	}
	return ids
}

var (
	commentOf   = regexp.MustCompile(`/issue/(\d+)/comment/`)
	parentField = regexp.MustCompile(`(?i)^(parent|issueparentassociation|epic link|epic child)$`)
)
