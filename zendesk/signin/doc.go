// Package signin signs requests to an account: with a password or an API token
// ([Basic]), or with OAuth tokens, which it obtains ([WithBrowser]), renews ahead
// of their end and replaces when they are refused ([Account]).
//
//   - Tokens go only to the host that issued them.
//   - A renewal never repeats an update: a write that met an expired token fails
//     as unsent, and its caller sends it again.
//   - Secrets appear in no error, log line or printed value.
//
// It knows nothing of tickets and views, nor of where secrets are stored: those
// who open an account bring what reads, renews and saves them.
package signin
