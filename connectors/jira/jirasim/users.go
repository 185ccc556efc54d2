package jirasim

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// login is a user's name on a Data Center: what follows the last colon of the
// accountId.
func (u User) login() string { return strings.ToLower(u.ID[strings.LastIndexByte(u.ID, ':')+1:]) }

// key is what a Data Center identifies the user by.
func (u User) key() string {
	return "JIRAUSER" + strconv.FormatUint(10100+hash(u.ID)%900000, 10)
}

func (c *call) showUser(id string) object {
	u, known := c.site.users[id]
	if !known {
		u = User{ID: id, Name: id}
	}
	o := object{"displayName": u.Name, "active": !u.Inactive, "timeZone": u.Zone}
	if u.Zone == "" {
		o["timeZone"] = "UTC"
	}
	if u.Email != "" {
		o["emailAddress"] = u.Email
	}
	if c.datacenter() {
		o["self"] = c.self("/user?username=" + url.QueryEscape(u.login()))
		o["name"], o["key"] = u.login(), u.key()
		return o
	}
	o["self"] = c.self("/user?accountId=" + url.QueryEscape(id))
	o["accountId"], o["accountType"] = id, "atlassian"
	if u.App {
		o["accountType"] = "app"
	}
	return o
}

// userOf finds a user by what a Data Center calls them.
func (w *World) userOf(name, key string) (User, bool) {
	for _, u := range w.site.users {
		if name != "" && strings.EqualFold(u.login(), name) || key != "" && u.key() == key {
			return u, true
		}
	}
	return User{}, false
}

// accountOf is the account that a user object means: by accountId, or on a Data
// Center by name or key.
func (w *World) accountOf(o object) string {
	if id := text(o["accountId"]); id != "" || !w.datacenter() {
		return id
	}
	name, key := text(o["name"]), text(o["key"])
	if u, known := w.userOf(name, key); known {
		return u.ID
	}
	if name == "" {
		return key
	}
	return name
}

func getUser(c *call) reply {
	u, known := c.site.users[c.query("accountId")]
	if c.datacenter() {
		u, known = c.userOf(c.query("username"), c.query("key"))
	}
	if !known || c.anonymous {
		return fault(http.StatusNotFound, "Specified user does not exist or you do not have required permissions")
	}
	return ok(c.showUser(u.ID))
}
