// Package integrations is the screen of a project's integrations, the form that
// adds and edits one, its test and its sign-in.
package integrations
