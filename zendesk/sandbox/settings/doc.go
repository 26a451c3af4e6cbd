// Package settings holds what an admin, Zendesk or a clock may have done to the
// account, in memory.
//
// It acts on nothing: others ask it.
package settings
