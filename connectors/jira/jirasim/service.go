package jirasim

import "slices"

// ServiceProject is the kind of a project whose issues are requests of
// customers. They see every comment on a portal, and get it by mail, unless the
// comment says that it is internal, and an agent says so: what an account says
// that is no agent is for everybody.
const ServiceProject = "service_desk"

// serviceAgent is the permission to work for customers.
const serviceAgent = "SERVICEDESK_AGENT"

// internalProperty is the property by which a comment says that it is internal.
const internalProperty = "sd.public.comment"

// Heedless makes a service project show every comment to customers, whatever it
// says of itself; Heeding ends that.
func (w *World) Heedless(key string) { w.heed(key, false) }

// Heeding ends Heedless.
func (w *World) Heeding(key string) { w.heed(key, true) }

func (w *World) heed(key string, well bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.project(key, "").heedless = !well
}

// Portal lists what customers were shown of comments that came in by the API,
// also of those that are gone.
func (w *World) Portal(key string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if i := w.find(key); i != nil {
		return slices.Clone(w.portal[i.id])
	}
	return nil
}

// servesCustomers says whether the site has a service project.
func (w *World) servesCustomers() bool {
	return slices.ContainsFunc(w.site.projects, func(p *project) bool { return p.Kind == ServiceProject })
}

// public says whether a comment may be seen by customers. Outside of service
// projects every comment counts as such.
func (c *call) public(i *issue, o map[string]any) bool {
	p := c.project(i.now().project, "")
	if p.Kind != ServiceProject || p.heedless || p.denied[serviceAgent] {
		return true
	}
	for _, property := range asList(o["properties"]) {
		one := asObject(property, "key")
		if value := asObject(one["value"], "internal"); one["key"] == internalProperty && value["internal"] == true {
			return false
		}
	}
	return true
}

// tellCustomers shows a comment on the portal.
func (c *call) tellCustomers(i *issue, o map[string]any) {
	if p := c.project(i.now().project, ""); p.Kind == ServiceProject && c.public(i, o) {
		c.portal[i.id] = append(c.portal[i.id], text(o["body"]))
	}
}
