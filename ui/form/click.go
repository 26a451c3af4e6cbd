package form

// Click takes a click at a place of what was drawn last. It gives the field
// there the focus, puts the cursor of a text there, chooses an option, or
// switches a Toggle when its value is hit; on what a text can be completed to it
// completes the text. It reports whether there is a field.
func (f *Form) Click(x, y int) bool {
	line := f.page.offset + y
	if y < 0 || line >= len(f.page.owner) {
		return false
	}
	i := f.page.owner[line]
	if line == f.page.completion && line > 0 && f.focus == i {
		f.fields[i].complete()
		return true
	}
	f.focusOn(i)
	if line > 0 && f.page.owner[line-1] == i || x < f.page.value {
		return true
	}
	field := f.fields[i]
	switch field.Kind {
	case Text, Secret:
		field.cursorTo(x - f.page.value)
	case Choice:
		f.chooseAt(i, x)
	case Toggle:
		if x < f.page.value+f.page.switchWidth() {
			field.toggle()
			field.problem = ""
		}
	}
	return true
}

func (f *Form) chooseAt(i, x int) {
	field, spans := f.fields[i], f.page.spans[i]
	if len(spans) != len(field.Options) {
		// Only the chosen option is drawn; a click on it goes to the next one.
		if len(spans) == 1 && x < spans[0].end {
			field.cycle(1)
			field.problem = ""
		}
		return
	}
	for n, span := range spans {
		if x >= span.start && x < span.end {
			field.Value = field.Options[n].Value
			field.problem = ""
		}
	}
}

// cursorTo puts the cursor on the character that is drawn in a column. Every
// mask of a secret is one cell.
func (f *field) cursorTo(column int) {
	if f.Kind == Secret {
		f.line.clickOn(column, func(from, to int) int { return to - from })
		return
	}
	f.line.Click(column)
}
