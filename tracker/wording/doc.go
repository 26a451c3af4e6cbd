// Package wording reads the texts of private comments: what they tell outlives the stories
// and comments that they were made of.
package wording
