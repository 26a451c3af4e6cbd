// Package transport carries requests over HTTPS: through the proxy that the
// environment names, trusting the authorities of the system and of one file,
// and reading answers up to a limit. Failures that need an explanation of their
// own are errors of this package.
//
// It knows nothing of Zendesk's API, of credentials or of words for people.
package transport
