package jirasim

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/trackwarden/trackwarden/connectors/simulator"
)

// maxProperty bounds a property's value, in characters of its JSON.
const maxProperty = 32768

// maxProperties is how many properties a search returns with each issue.
const maxProperties = 5

func tooManyProperties() reply {
	return fault(http.StatusBadRequest, fmt.Sprintf("The maximum number of issue properties that can be requested is %d.", maxProperties))
}

// validProperty checks the key and value of a property.
func validProperty(key string, raw json.RawMessage) (any, *reply) {
	var value any
	switch {
	case len(raw) == 0 || json.Unmarshal(raw, &value) != nil:
		return nil, new(fault(http.StatusBadRequest, "Property value must be a valid, non-empty JSON."))
	case len(raw) > maxProperty:
		return nil, new(fault(http.StatusBadRequest, fmt.Sprintf("The length of the property value must be lower than or equal to %d.", maxProperty)))
	case key == "" || len(key) > 255:
		return nil, new(fault(http.StatusBadRequest, "The length of the property key must be between 1 and 255."))
	}
	return value, nil
}

func listProperties(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	keys := slices.Sorted(maps.Keys(i.now().properties))
	return ok(object{"keys": shown(keys, func(key string) object {
		return object{"key": key, "self": c.self("/issue/" + i.id + "/properties/" + key)}
	})})
}

func getProperty(c *call) reply {
	i := c.visible()
	if i == nil {
		return noIssue()
	}
	value, has := i.now().properties[c.path("key")]
	if !has {
		return noProperty(c.path("key"))
	}
	return ok(object{"key": c.path("key"), "value": value})
}

func noProperty(key string) reply {
	return fault(http.StatusNotFound, fmt.Sprintf("The property with key '%s' does not exist.", key))
}

// putProperty answers 201 for a new property and 200 for a changed one.
func putProperty(c *call) reply {
	i, wrong := c.editable()
	if wrong != nil {
		return *wrong
	}
	key := c.path("key")
	value, wrong := validProperty(key, c.body)
	if wrong != nil {
		return *wrong
	}
	_, had := i.now().properties[key]
	next := i.now().edit()
	next.properties[key] = value
	c.commit(i, next, c.settings.PropertiesTouch)
	simulator.Note(c.r, next.key, "property "+key+" set")
	if had {
		return ok(object{})
	}
	return reply{status: http.StatusCreated, body: object{}}
}

func deleteProperty(c *call) reply {
	i, wrong := c.editable()
	if wrong != nil {
		return *wrong
	}
	key := c.path("key")
	if _, has := i.now().properties[key]; !has {
		return noProperty(key)
	}
	next := i.now().edit()
	delete(next.properties, key)
	c.commit(i, next, c.settings.PropertiesTouch)
	simulator.Note(c.r, next.key, "property "+key+" removed")
	return noContent
}

// editable is the issue that the path names, when the account may edit it and
// has not written to it too often.
func (c *call) editable() (*issue, *reply) {
	i := c.visible()
	if i == nil {
		return nil, new(noIssue())
	}
	if !c.may(c.project(i.now().project, ""), "EDIT_ISSUES") {
		return nil, new(fault(http.StatusForbidden, "You do not have permission to edit issues in this project."))
	}
	return i, c.admit(i)
}
