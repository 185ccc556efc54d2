package azuredevops

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/workitemtracking"

	"github.com/trackwarden/trackwarden/backlog"
)

// Areas and iterations can be renamed, and iterations scheduled anew, without
// a revision of the work items in them. So the mark remembers every node, and
// the work items of a changed one are read again.

// addIteration adds a node and what is below it. Items name an iteration by
// the path of names, which differs from the path of the node.
func (p *project) addIteration(node workitemtracking.WorkItemClassificationNode, above string) {
	path := above + `\` + of(node.Name)
	dates := of(node.Attributes)
	id := strconv.Itoa(of(node.Id))
	p.iterations[strings.ToLower(path)] = backlog.Iteration{
		ID: id, Name: of(node.Name), Path: path, Start: date(dates["startDate"]), End: date(dates["finishDate"]),
	}
	p.nodes["i"+id] = digest(path, scalar(dates["startDate"]), scalar(dates["finishDate"]))
	for _, child := range of(node.Children) {
		p.addIteration(child, path)
	}
}

func (p *project) addArea(node workitemtracking.WorkItemClassificationNode, above string) {
	path := strings.TrimPrefix(above+`\`+of(node.Name), `\`)
	p.nodes["a"+strconv.Itoa(of(node.Id))] = digest(path)
	for _, child := range of(node.Children) {
		p.addArea(child, path)
	}
}

func date(value any) time.Time {
	at, err := time.Parse(time.RFC3339, scalar(value))
	if err != nil { // not scheduled
		return time.Time{}
	}
	return at.UTC()
}

// nodesMark is the mark's memory of the project's nodes.
func (p *project) nodesMark() string {
	encoded, err := json.Marshal(p.nodes)
	if err != nil { // texts only: cannot fail
		return ""
	}
	return string(encoded)
}

// changedNodes lists the nodes that are not as the mark remembers them. What
// it never heard of holds no work item that was read before.
func (p *project) changedNodes(mark string) (changed []string) {
	var old map[string]string
	if mark == "" || json.Unmarshal([]byte(mark), &old) != nil {
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(old)) {
		if now, ok := p.nodes[id]; ok && now != old[id] {
			changed = append(changed, id)
		}
	}
	return changed
}

// maxNodes is how many nodes a query names. When more have changed, the whole
// project is read.
const maxNodes = 200

// inNodes is the WIQL condition for the work items of some nodes; empty when
// there are too many, or one is no node.
func inNodes(nodes []string) string {
	if len(nodes) > maxNodes {
		return ""
	}
	conditions := make([]string, 0, len(nodes))
	for _, node := range nodes {
		id, iteration := strings.CutPrefix(node, "i")
		n, err := strconv.ParseUint(strings.TrimPrefix(id, "a"), 10, 32)
		switch {
		case err != nil: // nothing but numbers gets into a query
			return ""
		case iteration:
			conditions = append(conditions, fmt.Sprintf("[System.IterationId] = %d", n))
		default:
			conditions = append(conditions, fmt.Sprintf("[System.AreaId] = %d", n))
		}
	}
	return "(" + strings.Join(conditions, " OR ") + ")"
}

// digest is a short word for some texts.
func digest(parts ...any) string {
	encoded, err := json.Marshal(parts)
	if err != nil { // callers pass texts and maps of them: cannot fail
		return ""
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:5])
}
