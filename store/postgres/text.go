package postgres

import (
	"database/sql"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Texts are saved as they came, but a server takes no NUL and nothing that is not UTF-8
// (https://www.postgresql.org/docs/current/datatype-character.html). Such a byte is written
// as mark and two hexadecimal digits. mark, of a plane for private use, is written as itself and
// markCode.
const (
	mark     = "\U000F5D5D"
	markCode = "##"
)

// writable reports whether a server takes a text as it is.
func writable(text string) bool {
	return strings.IndexByte(text, 0) < 0 && utf8.ValidString(text) && !strings.Contains(text, mark)
}

// write returns a text as a server takes it.
func write(text string) string {
	if writable(text) {
		return text
	}
	var b strings.Builder
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == 0 || r == utf8.RuneError && size == 1:
			b.WriteString(mark + string("0123456789abcdef"[text[0]>>4]) + string("0123456789abcdef"[text[0]&15]))
		case strings.HasPrefix(text, mark):
			b.WriteString(mark + markCode)
		default:
			b.WriteString(text[:size])
		}
		text = text[size:]
	}
	return b.String()
}

// read is the inverse of write. In JSON a NUL is written as its escape.
func read(text string, json bool) string {
	if !strings.Contains(text, mark) {
		return text
	}
	parts := strings.Split(text, mark)
	var b strings.Builder
	b.WriteString(parts[0])
	for _, part := range parts[1:] {
		n, err := strconv.ParseUint(part[:min(2, len(part))], 16, 8)
		switch {
		case strings.HasPrefix(part, markCode):
			b.WriteString(mark)
		case err != nil: // not ours
			b.WriteString(mark + part)
			continue
		case n == 0 && json:
			b.WriteString(`\u0000`)
		default:
			b.WriteByte(byte(n))
		}
		b.WriteString(part[2:])
	}
	return b.String()
}

// writeArgument is write for an argument that is a text or points to one; others stay.
func writeArgument(arg any) any {
	switch v := arg.(type) {
	case string:
		return write(v)
	case nil, int64, bool:
		return arg
	}
	v := reflect.ValueOf(arg)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() == reflect.String && !writable(v.String()) {
		return write(v.String())
	}
	return arg
}

// Targets are where the columns of a row go, so that texts arrive as they were written.
func Targets(into []any) []any {
	for i, target := range into {
		if scanner, ok := target.(sql.Scanner); ok {
			into[i] = scannerTarget{scanner}
			continue
		}
		if v := reflect.ValueOf(target); v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.String {
			into[i] = textTarget{v.Elem()}
		}
	}
	return into
}

// scannerTarget gives a scanner what a text was before it was written. A column of bytes is JSON
// that the server made of texts.
type scannerTarget struct{ sql.Scanner }

// Scan implements sql.Scanner.
func (t scannerTarget) Scan(column any) error {
	switch text := column.(type) {
	case string:
		column = read(text, false)
	case []byte:
		column = []byte(read(string(text), true))
	}
	return t.Scanner.Scan(column)
}

// textTarget is a text, of whatever type.
type textTarget struct{ of reflect.Value }

// Scan implements sql.Scanner.
func (t textTarget) Scan(column any) error {
	text, ok := column.(string)
	if !ok {
		return fmt.Errorf("a column holds %T, not a text", column)
	}
	t.of.SetString(read(text, false))
	return nil
}

// Saved returns a text as it is saved on a server, where not every text can be.
func Saved(text string) string { return write(text) }

// Text returns what a text was before it was saved.
func Text(saved string) string { return read(saved, false) }
