// Package zendesk reaches the accounts of Zendesk through its Support API v2
// (https://developer.zendesk.com/api-reference/). [Desks] implements
// tracker.Zendesk, and what its Open returns implements tracker.Account.
//
// Invariants:
//   - Credentials go to the one host of the integration, below zendesk.com and
//     over https, or on loopback. No redirect and no link in an answer is ever
//     followed: the next page is asked for at that host, by number or cursor.
//   - A comment is private. The type that is sent cannot say otherwise, and it
//     says so explicitly, since Zendesk's default is often public.
//   - An update leaves at most once per call; it is never replayed, not even
//     after a token was renewed. Tokens go only to the host that issued them.
//   - What went wrong, why and what to do is told by one table (diagnosis.go)
//     from the method, the status, the JSON keys and the transport's failure,
//     never from texts, which Zendesk translates.
//   - Decoding forgives what we do not depend on: nulls, unknown words, numbers
//     where strings were. What we depend on (ids, the stamp, the audit) must be
//     there, else the error is tracker.CodeUnreadable.
//   - Secrets appear in no error, log line or printed value.
package zendesk
