// Package epic computes how far epics are: what their stories sum to, and by which day
// the plan has the last of them done. An epic is a label with a name of its own, and its
// stories are those that carry the label.
//
// Nothing here reads a clock or a database.
package epic
