// Package labels is the screen of the labels that a project's stories carry: how many carry
// each, and what can be done to all of them at once.
package labels
