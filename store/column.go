package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// The types below stand between a field and its column, in both directions: a
// list of a struct's fields serves to scan a row and to write one.

// instant saves a time as milliseconds since 1970, the zero time as 0.
type instant struct{ of *time.Time }

// Scan implements sql.Scanner.
func (i instant) Scan(column any) error {
	ms, err := integer(column)
	*i.of = fromMillis(ms)
	return err
}

// Value implements driver.Valuer.
func (i instant) Value() (driver.Value, error) { return millis(*i.of), nil }

// optionalInstant saves a time that may be absent, as NULL.
type optionalInstant struct{ of **time.Time }

// Scan implements sql.Scanner.
func (o optionalInstant) Scan(column any) error {
	*o.of = nil
	if column == nil {
		return nil
	}
	ms, err := integer(column)
	t := time.UnixMilli(ms).UTC()
	*o.of = &t
	return err
}

// Value implements driver.Valuer.
func (o optionalInstant) Value() (driver.Value, error) {
	if *o.of == nil {
		return nil, nil
	}
	return (*o.of).UnixMilli(), nil
}

// reference saves an id of which 0 means "none", as NULL.
type reference[ID ~int64] struct{ to *ID }

// Scan implements sql.Scanner.
func (r reference[ID]) Scan(column any) error {
	*r.to = 0
	if column == nil {
		return nil
	}
	id, err := integer(column)
	*r.to = ID(id)
	return err
}

// Value implements driver.Valuer.
func (r reference[ID]) Value() (driver.Value, error) {
	if *r.to == 0 {
		return nil, nil
	}
	return int64(*r.to), nil
}

// array saves a list as a JSON array. An empty one is read as nil.
type array[T any] struct{ of *[]T }

// Scan implements sql.Scanner.
func (a array[T]) Scan(column any) error {
	// Not into the old slice: another row may hold it.
	*a.of = nil
	switch text := column.(type) {
	case string:
		if text == "[]" {
			return nil
		}
		return json.Unmarshal([]byte(text), a.of)
	case []byte: // PostgreSQL's JSON
		return json.Unmarshal(text, a.of)
	case nil: // PostgreSQL's list of no rows
		return nil
	}
	return fmt.Errorf("a column holds %T, not a JSON text", column)
}

// Elements are the list's elements, for an engine that takes lists.
func (a array[T]) Elements() any { return append([]T{}, *a.of...) }

// Value implements driver.Valuer.
func (a array[T]) Value() (driver.Value, error) {
	if len(*a.of) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal(*a.of)
	return string(text), err
}

func integer(column any) (int64, error) {
	n, ok := column.(int64)
	if !ok {
		return 0, fmt.Errorf("a column holds %T, not an integer", column)
	}
	return n, nil
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// nameKey is the form in which names are compared and sorted.
func nameKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }
