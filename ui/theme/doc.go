// Package theme turns roles into what a terminal understands: colours and
// attributes, glyphs, borders.
//
// Invariants:
//   - A Theme never changes. Another look is another Theme; [Theme.Generation]
//     tells looks apart.
//   - The terminal's own background stays, except under a row that is selected
//     or tinted. Text without a role has the terminal's own colour.
//   - Colour never carries a meaning alone: without it, weight, underline and
//     reverse keep the hierarchy, and glyphs and words the meaning.
//   - Colours are written in 24 bits; the renderer reduces them to what the
//     terminal has.
//   - Every sequence that is written stands for itself: it starts from the
//     terminal's defaults and does not depend on what was written before. So a
//     painted string must not be painted again.
package theme
