// Package oauth is the account's OAuth server: the page that asks for consent and
// the token endpoint. Tokens live in memory: a sandbox that is opened again
// accepts none of them.
//
// It knows nothing of users and tickets.
package oauth
