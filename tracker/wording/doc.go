// Package wording tells of deliveries in words: what their texts say, which outlive the
// stories and comments that they were made of, and why nothing can be done to one.
package wording
