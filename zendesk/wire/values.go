package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// Text reads a string, and a number or boolean as it is written. Anything else
// is empty.
type Text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *Text) UnmarshalJSON(data []byte) error {
	*t = ""
	switch data[0] {
	case '"':
		if inner := data[1 : len(data)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
			*t = Text(inner) // nearly all are as they are written
			return nil
		}
		return json.Unmarshal(data, (*string)(t))
	case 'n', '{', '[':
		return nil
	}
	*t = Text(data)
	return nil
}

// Number reads a whole number, also one in quotes or with an exponent.
// Anything else is 0, which Zendesk never uses as an id.
type Number int64

// UnmarshalJSON implements json.Unmarshaler.
func (n *Number) UnmarshalJSON(data []byte) error {
	var t Text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	*n = Number(t.whole())
	return nil
}

// String writes the number in digits.
func (n Number) String() string { return strconv.FormatInt(int64(n), 10) }

func (t Text) whole() int64 {
	if n, err := strconv.ParseInt(string(t), 10, 64); err == nil {
		return n
	}
	// Beyond 2^53 a float no longer distinguishes one id from the next.
	f, err := strconv.ParseFloat(string(t), 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0
	}
	return int64(f)
}

// Moment reads a time in RFC 3339. Anything else is the zero time.
type Moment struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (m *Moment) UnmarshalJSON(data []byte) error {
	var t Text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	m.Time = t.time()
	return nil
}

func (t Text) time() time.Time {
	at, err := time.Parse(time.RFC3339, string(t))
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// Loose reads a T where there is one and leaves its zero value otherwise: for
// what we show but do not depend on.
type Loose[T any] struct{ Value T }

// UnmarshalJSON implements json.Unmarshaler.
func (l *Loose[T]) UnmarshalJSON(data []byte) error {
	var value T
	if json.Unmarshal(data, &value) == nil {
		l.Value = value
	}
	return nil
}

// List reads what there is of a list; an element that is no T is its zero value, and
// what is no list is empty.
type List[T any] []T

// UnmarshalJSON implements json.Unmarshaler.
func (l *List[T]) UnmarshalJSON(data []byte) error {
	*l = nil
	if err := json.Unmarshal(data, (*[]T)(l)); err != nil && !mistyped(err) {
		return err
	}
	return nil
}

// mistyped reports whether something stood where its type does not belong. All else
// has been decoded then.
func mistyped(err error) bool {
	var wrong *json.UnmarshalTypeError
	return errors.As(err, &wrong)
}
