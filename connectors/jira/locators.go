package jira

import "regexp"

// locators are the addresses under which people open an issue: its page, and a
// board or list with the issue selected.
func locators(bases ...string) []string {
	const key = `(?P<key>[A-Za-z][A-Za-z0-9_]*-[0-9]+)`
	var patterns []string
	for i, base := range bases {
		if i > 0 && base == bases[0] {
			continue
		}
		base = `(?i)^` + regexp.QuoteMeta(base)
		patterns = append(patterns, base+`/browse/`+key+`/?(?:[?#].*)?$`, base+`/.*[?&]selectedIssue=`+key+`(?:[&#].*)?$`)
	}
	return patterns
}
