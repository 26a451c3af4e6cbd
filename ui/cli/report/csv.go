package report

import (
	"encoding/csv"
	"fmt"
	"reflect"
	"strings"

	"storydesk/ui/cli/output"
)

// writeCSV writes rows of a record with the names that they have in JSON.
func writeCSV(to output.Printer, rows any) error {
	list := reflect.ValueOf(rows)
	columns := columnsOf(list.Type().Elem())
	out := csv.NewWriter(to.Out)
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Tag.Get("json")
	}
	err := out.Write(names)
	for i := 0; i < list.Len() && err == nil; i++ {
		cells := make([]string, len(columns))
		for n, c := range columns {
			cells[n] = cell(list.Index(i).FieldByIndex(c.Index))
		}
		err = out.Write(cells)
	}
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return output.Printed(err)
}

// columnsOf lists the fields of a row, with those of the iteration in it.
func columnsOf(row reflect.Type) []reflect.StructField {
	var columns []reflect.StructField
	for _, f := range reflect.VisibleFields(row) {
		if !f.Anonymous {
			columns = append(columns, f)
		}
	}
	return columns
}

// cell writes a value; nothing for null.
func cell(v reflect.Value) string {
	switch {
	case v.Kind() == reflect.Pointer && v.IsNil():
		return ""
	case v.Kind() == reflect.Pointer:
		return cell(v.Elem())
	case v.Kind() == reflect.String:
		return guard(v.String())
	}
	return fmt.Sprint(v.Interface())
}

// guard puts an apostrophe before a text that a spreadsheet would take for a formula
// (https://owasp.org/www-community/attacks/CSV_Injection).
func guard(text string) string {
	if strings.HasPrefix(text, "'") || strings.IndexAny(text, "=+-@\t\r\n") == 0 {
		return "'" + text
	}
	return text
}
