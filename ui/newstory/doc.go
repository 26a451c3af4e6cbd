// Package newstory is the form of a new story: small, over the column that the story goes
// into, and done with one key once the story has a name.
package newstory
