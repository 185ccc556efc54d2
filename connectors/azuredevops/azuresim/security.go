package azuresim

import "net/http"

// Permission is something that an account may be denied.
type Permission string

// The permissions that matter to who writes on work items.
const (
	WriteItems            Permission = "Edit work items in this node"
	SaveComments          Permission = "Save comments on work items in this node"
	CreateTags            Permission = "Create tag definition"
	SuppressNotifications Permission = "Suppress notifications for work item updates"
	BypassRules           Permission = "Bypass rules on work item updates"
	DeleteItems           Permission = "Delete and restore work items"
)

// Deny takes a permission from the account, in all projects.
func (w *World) Deny(p Permission) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.denied[p] = true
}

// Allow gives it back.
func (w *World) Allow(p Permission) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.denied, p)
}

// bit is where a permission stands: its security namespace and its bit there,
// as Microsoft's reference of permissions lists them.
func (p Permission) bit() (namespace string, bit int) {
	const project, area, tagging = "52d39943-cb85-4d7f-8fa8-c6baac873819",
		"83e28ad4-2d72-4ceb-97b0-c7726d5502c3", "bb50f182-8e5e-40b8-bc21-e8752a1e7ae2"
	switch p {
	case WriteItems:
		return area, 32
	case SaveComments:
		return area, 512
	case CreateTags:
		return tagging, 2
	case SuppressNotifications:
		return project, 2097152
	case BypassRules:
		return project, 1048576
	case DeleteItems:
		return project, 8192
	}
	return "", 0
}

// evaluation is one question of a permission batch and its answer.
type evaluation struct {
	SecurityNamespaceID string `json:"securityNamespaceId"`
	Token               string `json:"token"`
	Permissions         int    `json:"permissions"`
	Value               bool   `json:"value"`
}

// evaluatePermissions answers POST security/permissionevaluationbatch.
func evaluatePermissions(c *call) (any, error) {
	var batch struct {
		AlwaysAllowAdministrators bool         `json:"alwaysAllowAdministrators"`
		Evaluations               []evaluation `json:"evaluations"`
	}
	if err := c.decode(&batch); err != nil {
		return nil, err
	}
	for i, e := range batch.Evaluations {
		batch.Evaluations[i].Value = c.w.allows(e)
	}
	return batch, nil
}

func (w *World) allows(e evaluation) bool {
	for p, denied := range w.denied {
		namespace, bit := p.bit()
		if denied && key(e.SecurityNamespaceID) == namespace && e.Permissions&bit != 0 {
			return false
		}
	}
	return true
}

// need refuses who lacks a permission.
func (w *World) need(p Permission) error {
	if !w.denied[p] {
		return nil
	}
	switch p {
	case WriteItems, SaveComments:
		return refused(http.StatusForbidden, "WorkItemUnauthorizedSaveException",
			"TF237111: The current user does not have permissions to save work items under the specified area path.")
	case CreateTags:
		return refused(http.StatusForbidden, "AccessDeniedException",
			"TF401289: The current user does not have permissions to create tags.")
	}
	return refused(http.StatusForbidden, "AccessDeniedException",
		"Access Denied: %s needs the following permission(s) to perform this action: %s", w.settings.Account.Name, p)
}
