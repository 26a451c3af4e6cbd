package form

import "slices"

// Form is a column of fields. Make one with [New].
type Form struct {
	fields []*field
	// focus is the index of the focused field, -1 when none is.
	focus int
	keys  keyMap
	page  page
}

// New makes a form. The first field that is not hidden has the focus.
func New(fields ...Field) *Form {
	f := &Form{focus: -1, keys: newKeyMap()}
	for _, spec := range fields {
		f.fields = append(f.fields, newField(spec))
	}
	f.step(1)
	return f
}

// Value returns a field's value: a text, an option's value, On or Off; empty
// for a Secret that was not typed anew and for a name that no field has.
func (f *Form) Value(name string) string {
	if field := f.field(name); field != nil {
		return field.value()
	}
	return ""
}

// Values returns the value of every field by name, hidden ones included.
func (f *Form) Values() map[string]string {
	values := make(map[string]string, len(f.fields))
	for _, field := range f.fields {
		values[field.Name] = field.value()
	}
	return values
}

// SetValue changes a field's value. An option that a Choice does not have is
// ignored.
func (f *Form) SetValue(name, value string) {
	f.with(name, func(field *field) { field.setValue(value) })
}

// SetLabel changes what people read left of a field.
func (f *Form) SetLabel(name, label string) {
	f.with(name, func(field *field) { field.Label = label })
}

// SetNote changes what stands right of a field.
func (f *Form) SetNote(name, note string) {
	f.with(name, func(field *field) { field.Note = note })
}

// SetHelp changes what stands under a field while it has the focus.
func (f *Form) SetHelp(name, help string) {
	f.with(name, func(field *field) { field.Help = help })
}

// SetHidden takes a field out of the form or puts it back. The focus goes on
// from a field that is taken out.
func (f *Form) SetHidden(name string, hidden bool) {
	f.with(name, func(field *field) { field.Hidden = hidden })
	if field := f.focused(); field != nil && field.Hidden {
		f.step(1)
	}
}

// SetError shows what is wrong with a field, until the field changes; an empty
// message takes it away. It reports whether there is such a field in sight.
func (f *Form) SetError(name, message string) bool {
	field := f.field(name)
	if field == nil || field.Hidden {
		return false
	}
	field.problem = message
	return true
}

// Wrong reports whether something is wrong with a field.
func (f *Form) Wrong() bool {
	return slices.ContainsFunc(f.fields, func(field *field) bool { return field.problem != "" })
}

// ClearErrors takes every error away.
func (f *Form) ClearErrors() {
	for _, field := range f.fields {
		field.problem = ""
	}
}

// Focus gives a field the focus and reports whether it could.
func (f *Form) Focus(name string) bool {
	i := slices.IndexFunc(f.fields, func(field *field) bool { return field.Name == name && !field.Hidden })
	if i < 0 {
		return false
	}
	f.focusOn(i)
	return true
}

// Blur takes the focus from every field; something else of the owner has it.
func (f *Form) Blur() {
	f.focus = -1
}

// Focused returns the name of the focused field, empty without one.
func (f *Form) Focused() string {
	if field := f.focused(); field != nil {
		return field.Name
	}
	return ""
}

// Dirty reports whether any value differs from what it was at first or at the
// last [Form.Saved].
func (f *Form) Dirty() bool {
	return slices.ContainsFunc(f.fields, (*field).dirty)
}

// Changed reports whether a field's value differs in that way. A Secret has
// changed when a new one was typed.
func (f *Form) Changed(name string) bool {
	field := f.field(name)
	return field != nil && field.dirty()
}

// Unsaved returns the values that differ in that way, all but Secrets.
func (f *Form) Unsaved() map[string]string {
	values := make(map[string]string)
	for _, field := range f.fields {
		if field.Kind != Secret && field.dirty() {
			values[field.Name] = field.value()
		}
	}
	return values
}

// Saved takes the present values as the ones that are saved. Secrets that were
// typed become set and are forgotten.
func (f *Form) Saved() {
	for _, field := range f.fields {
		if field.Kind == Secret && field.dirty() {
			field.Set = true
			field.line.SetValue("")
		}
		field.original = field.value()
	}
}

func (f *Form) field(name string) *field {
	for _, field := range f.fields {
		if field.Name == name {
			return field
		}
	}
	return nil
}

func (f *Form) with(name string, change func(*field)) {
	if field := f.field(name); field != nil {
		change(field)
	}
}

func (f *Form) focused() *field {
	if f.focus < 0 {
		return nil
	}
	return f.fields[f.focus]
}

// step gives the next field the focus, or the one before; past the ends it goes
// on at the other side.
func (f *Form) step(delta int) {
	n := len(f.fields)
	for i := range n {
		next := ((f.focus+delta*(i+1))%n + n) % n
		if !f.fields[next].Hidden {
			f.focusOn(next)
			return
		}
	}
	f.focus = -1
}

func (f *Form) focusOn(i int) {
	f.focus = i
}
