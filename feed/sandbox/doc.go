// Package sandbox serves a made-up list of stories over HTTP on loopback, as other systems
// offer them to Pivotal Tracker's "Other" integration, and fails on demand.
//
// It knows neither the client nor the domain, so that a misunderstanding there is not
// repeated here. Its user and password are public constants. Another process changes it by
// PUT /sandbox/feed with a [Mode] in JSON.
package sandbox
