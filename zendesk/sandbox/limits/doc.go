// Package limits counts requests against Zendesk's rates and writes them into
// the headers of answers. Limits are not safe for concurrent use.
//
// It knows nothing of what a request asks for.
package limits
