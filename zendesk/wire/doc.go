// Package wire holds the JSON of Zendesk's Support API as storydesk reads and
// writes it, and translates it into the words of the domain.
//
//   - Decoding forgives what we do not depend on: nulls, unknown words, numbers
//     where strings were. A caller that depends on a field checks it.
//   - Long texts are cut at tracker.MaxText and say so.
//   - [Change] is the one update that is sent. Its comment is private: the type
//     cannot say otherwise, and says so explicitly.
//
// It knows nothing of HTTP, hosts, sign-ins or errors' codes.
package wire
