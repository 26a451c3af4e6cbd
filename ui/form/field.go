package form

import (
	"cmp"
	"slices"

	"charm.land/bubbles/v2/textinput"
)

// Kind is what a field holds.
type Kind uint8

// The kinds.
const (
	// Text is one line of text.
	Text Kind = iota
	// Secret is a line of text that is not shown.
	Secret
	// Choice is one of several options.
	Choice
	// Toggle is on or off.
	Toggle
)

// defaultLimit is how long a Text or a Secret may be, in characters.
const defaultLimit = 1000

// The values of a Toggle.
const (
	On  = "true"
	Off = "false"
)

// Option is one choice.
type Option struct {
	// Value stands for it in the form's values, Label on the screen.
	Value, Label string
}

// Field describes a field.
type Field struct {
	// Name is what the owner calls it; Label is what people read.
	Name, Label string
	Kind        Kind
	// Value is what it starts with: a text, an option's value, On or Off. A
	// Secret always starts empty.
	Value string
	// Set is true when a Secret is saved already.
	Set bool
	// Options are those of a Choice, at least one.
	Options []Option
	// Placeholder is shown while a text is empty. It must not be mistaken for one
	// where there is no colour: "such as acme", not "acme".
	Placeholder string
	// Help is shown under the field while it has the focus.
	Help string
	// Note is shown right of the field.
	Note string
	// Known are values that a Text can be completed to; where it has Several, they are
	// separated by commas.
	Known   []string
	Several bool
	// Limit is the longest text in characters, defaultLimit when it is 0.
	Limit int
	// Hidden takes the field out of the form; it keeps its value.
	Hidden bool
}

// field is a Field at work.
type field struct {
	Field
	line     *Line // of a Text or Secret
	original string
	problem  string
}

func newField(spec Field) *field {
	f := &field{Field: spec}
	switch spec.Kind {
	case Text, Secret:
		f.line = newLine(spec)
	case Choice:
		if f.option() < 0 && len(spec.Options) > 0 {
			f.Value = spec.Options[0].Value
		}
	case Toggle:
		if spec.Value != On {
			f.Value = Off
		}
	}
	f.original = f.value()
	return f
}

func newLine(spec Field) *Line {
	limit := cmp.Or(spec.Limit, defaultLimit)
	if spec.Kind == Secret {
		l := NewLine(limit, "")
		// Its words must not be told apart by moving over them.
		l.input.EchoMode = textinput.EchoPassword
		return l
	}
	return NewLine(limit, spec.Value)
}

func (f *field) typed() bool { return f.Kind == Text || f.Kind == Secret }

func (f *field) value() string {
	if f.typed() {
		return f.line.Value()
	}
	return f.Value
}

func (f *field) setValue(value string) {
	switch f.Kind {
	case Text, Secret:
		f.line.SetValue(value)
	case Choice:
		if slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value }) {
			f.Value = value
		}
	case Toggle:
		f.Value = Off
		if value == On {
			f.Value = On
		}
	}
}

func (f *field) dirty() bool { return f.value() != f.original }

// option returns the index of the chosen option, -1 without one.
func (f *field) option() int {
	return slices.IndexFunc(f.Options, func(o Option) bool { return o.Value == f.Value })
}

// cycle chooses the option delta places on, past the ends to the other side.
func (f *field) cycle(delta int) {
	if n := len(f.Options); n > 0 {
		f.Value = f.Options[((f.option()+delta)%n+n)%n].Value
	}
}

func (f *field) toggle() {
	if f.Value == On {
		f.Value = Off
	} else {
		f.Value = On
	}
}
