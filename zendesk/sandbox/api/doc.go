// Package api answers the Support API v2 from a world: who asks, what they may
// see, pages of lists, and updates. Requests are answered one at a time, within
// the limits.
//
// It is always truthful: it knows nothing of faults.
package api
