package output

// Presenter describes how one kind of object is printed. Its texts need not be
// safe; what prints them makes them so.
type Presenter[T any] struct {
	// None is said to people instead of an empty listing.
	None string
	// Record gives the object's JSON.
	Record func(T) any
	// Columns and Cells make a listing; the last column takes what is left.
	Columns []string
	Cells   func(T) []string
	// Summary says in a line how the object is now.
	Summary func(T) string
}

// List prints a listing.
func List[T any](p Printer, how Presenter[T], list []T) error {
	if p.AsJSON {
		return p.JSON(how.Records(list))
	}
	if len(list) == 0 {
		p.Complain("%s\n", how.None)
		return nil
	}
	rows := make([][]string, len(list))
	for i, v := range list {
		rows[i] = how.Cells(v)
	}
	return p.Table(how.Columns, rows)
}

// Object prints an object, such as after a change.
func Object[T any](p Printer, how Presenter[T], v T) error {
	if p.AsJSON {
		return p.JSON(how.Record(v))
	}
	return p.Line(how.Summary(v))
}

// Full prints an object in full, for people as a sheet.
func Full[T any](p Printer, how Presenter[T], v T, s Sheet) error {
	if p.AsJSON {
		return p.JSON(how.Record(v))
	}
	return p.Text(s.String())
}

// Objects prints objects, such as after a change.
func Objects[T any](p Printer, how Presenter[T], list []T) error {
	if p.AsJSON {
		return p.JSON(how.Records(list))
	}
	for _, v := range list {
		if err := p.Line(how.Summary(v)); err != nil {
			return err
		}
	}
	return nil
}

// Records gives the JSON of several objects, an empty list for none.
func (p Presenter[T]) Records(list []T) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = p.Record(v)
	}
	return all
}
