// Package zendesk is the client of Zendesk's Support API v2
// (https://developer.zendesk.com/api-reference/). [Client] implements
// tracker.Zendesk, and what its Open returns implements tracker.Account. It builds on
// packages of one subject each: address (which host), transport (connections),
// signin (credentials), wire (JSON) and diagnosis (what went wrong).
//
// Invariants:
//   - Credentials go to the one host of the integration, below zendesk.com and
//     over https, or on loopback. No redirect and no link in an answer is ever
//     followed: the next page is asked for at that host, by number or cursor.
//   - A comment is private. The type that is sent cannot say otherwise, and it
//     says so explicitly, since Zendesk's default is often public.
//   - An update leaves at most once per call; it is never replayed, not even
//     after a token was renewed.
//   - What we depend on in an answer (ids, the stamp, the audit) must be there,
//     else the error is tracker.CodeUnreadable. The rest may be missing.
//   - Secrets appear in no error, log line or printed value.
package zendesk
