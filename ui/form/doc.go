// Package form is the mechanism of forms: one column of labelled fields, and a
// [Composer] for longer text.
//
// Invariants:
//   - The owner handles saving, testing and leaving; a form takes the other
//     keys. Of its fields only the focused one is changed by keys.
//   - What is drawn is exactly as wide and high as asked, and the focused field
//     is always in sight.
//   - Text that comes in, typed or pasted, is plain and within its limit.
//   - A secret is never drawn. One that is set already shows as set; its Value
//     is empty until a new one is typed.
//   - Bubbles' inputs do the editing; the cursor is the terminal's own, so that
//     input methods appear in the right place.
package form
