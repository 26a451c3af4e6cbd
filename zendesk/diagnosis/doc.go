// Package diagnosis says what went wrong with a request to Zendesk, why, and
// what to do. One table ([Table]) maps a [Symptom] to code, sentence, causes and
// steps. A symptom comes from the sign-in method, the subject, the status, the
// JSON keys and the transport's failure, never from texts, which Zendesk
// translates.
//
// It sends nothing and holds no state: it reads answers that others received.
package diagnosis
