package azuredevops

import (
	"net/url"
	"regexp"
	"strings"
)

// locators find a work item in addresses of its pages: the form, the boards
// that show it in a dialog, and the API.
func (s Settings) locators() []string {
	var patterns []string
	for _, base := range s.addresses() {
		patterns = append(patterns,
			base+`(?:[^/?#]+/){0,2}_workitems/edit/(?P<id>\d+)/?(?:[?#].*)?$`,
			base+`(?:[^/?#]+/){0,1}_apis/wit/workitems/(?P<id>\d+)/?(?:[?#].*)?$`,
			base+`[^?#]*/_(?:boards|backlogs|sprints|queries|workitems)/[^?#]*\?(?:[^#]*&)?workitem=(?P<id>\d+)`)
	}
	return patterns
}

// addresses are the beginnings that pages of the organisation may have. Older
// organisations answer under a host name of their own as well.
func (s Settings) addresses() []string {
	u, err := url.Parse(s.URL)
	if err != nil { // checked by New
		return nil
	}
	bases := []string{`(?i)^https?://` + regexp.QuoteMeta(u.Host+u.Path) + `/`}
	if strings.EqualFold(u.Host, "dev.azure.com") {
		bases = append(bases, `(?i)^https?://`+regexp.QuoteMeta(strings.Trim(u.Path, "/"))+`\.visualstudio\.com/(?:DefaultCollection/)?`)
	}
	return bases
}
