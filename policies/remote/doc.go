// Package remote fetches policies that an organisation keeps elsewhere: OPA
// bundles from a web server, and from OCI registries.
//
// A bundle is fetched again only when it has changed, its signature is checked
// before anything of it is used, and the last one that was good is kept beside
// the store: a server that is away, or a bundle that is broken, changes nothing.
package remote
