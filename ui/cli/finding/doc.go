// Package finding lays out what a check, a test or an error found: a sign for its
// level, likely causes and steps to fix it.
package finding
