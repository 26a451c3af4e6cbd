package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
)

// MaxAnswer is the most bytes of an answer's body that are read: some thirty
// times a page of a hundred tickets.
const MaxAnswer = 16 << 20

// ErrTooLarge is why an answer beyond 16 MB is not read.
var ErrTooLarge = errors.New("the answer is larger than 16 MB")

// Answer is what came back, as far as it could be read.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	// Cut says why the body is not whole.
	Cut error
}

// Succeeded reports whether the status is one of success.
func (a Answer) Succeeded() bool { return a.Status >= 200 && a.Status < 300 }

// Read returns the body of an answer. It fails with ErrTooLarge.
func Read(res *http.Response) ([]byte, error) {
	var data bytes.Buffer
	data.Grow(int(min(max(res.ContentLength, 0), MaxAnswer)) + bytes.MinRead)
	_, err := data.ReadFrom(io.LimitReader(res.Body, MaxAnswer+1))
	if err == nil && data.Len() > MaxAnswer {
		return nil, ErrTooLarge
	}
	return data.Bytes(), err
}

// IsTimeout reports whether an error is a time-out.
func IsTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}
