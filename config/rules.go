package config

import (
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	cron "github.com/netresearch/go-cron"
)

// rules are what the validate tags of this package mean beside the library's.
var rules = map[string]func(string) bool{
	"slug": slug.MatchString, "policy": policyID.MatchString, "label": label, "webpage": webpage,
	"zone": zone, "cron5": cronExpression, "listen": listen, "network": network,
}

var ruleTexts = map[string]string{
	"slug":    "may have only letters, digits, dots, dashes and underscores, at most 40",
	"policy":  "must name a policy such as story/too-big",
	"label":   "must have no spaces, slashes, commas, semicolons or @: trackers refuse such labels",
	"webpage": "must be a web address such as https://shop.example",
	"zone":    "is no time zone: write one such as Europe/Berlin",
	"cron5":   "must be a cron expression of five fields such as 0 8 * * MON",
	"listen":  "must be host and port such as 127.0.0.1:8080",
	"network": "must be a network such as 10.1.0.0/16, or one address such as 10.1.2.3/32",
}

var (
	slug     = regexp.MustCompile(`^[a-zA-Z0-9][a-zA-Z0-9._-]{0,39}$`)
	policyID = regexp.MustCompile(`^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$`)
)

// label holds for both trackers: Jira refuses spaces, Azure DevOps commas and
// semicolons, and slashes break the addresses of searches.
func label(s string) bool {
	refused := func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`/\,;@"'`, r)
	}
	return !strings.ContainsFunc(s, refused) && len(s) <= 100
}

func webpage(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

func zone(s string) bool {
	_, err := time.LoadLocation(s)
	return err == nil && s != "Local"
}

func cronExpression(s string) bool {
	_, err := cron.ParseStandard(s)
	return err == nil && len(strings.Fields(s)) == 5
}

// network wants all bits of the host zero: 10.1.2.3/8 is more likely a typing
// error than the wish to allow all of 10.0.0.0/8.
func network(s string) bool {
	n, err := netip.ParsePrefix(s)
	return err == nil && n == n.Masked()
}

func listen(s string) bool {
	_, port, err := net.SplitHostPort(s)
	n, bad := strconv.ParseUint(port, 10, 16)
	return err == nil && bad == nil && n <= 65535
}
