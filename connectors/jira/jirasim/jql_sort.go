package jirasim

import "fmt"

// maxSort is how many keys ORDER BY takes.
const maxSort = 7

// orderBy reads what follows ORDER.
func (p *parser) orderBy() ([]sortKey, error) {
	if !p.take("by") {
		return nil, p.unexpected("'BY'")
	}
	var keys []sortKey
	for {
		if !p.named() {
			return nil, p.unexpected("a field name to sort by")
		}
		key := sortKey{field: p.advance().text}
		if !p.take("asc") {
			key.desc = p.take("desc")
		}
		keys = append(keys, key)
		if len(keys) > maxSort {
			return nil, fmt.Errorf("The maximum number of sort fields is %d.", maxSort) //nolint:staticcheck // Jira's manner
		}
		if !p.take(",") {
			return keys, nil
		}
	}
}
