package feed

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime"
	"regexp"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// peeked is how much of a feed is looked at to learn its encoding, in bytes.
const peeked = 1024

// decoded returns a feed's text in UTF-8. Its encoding is that of its byte order mark, else
// the one that it declares, else the one that its Content-Type names, else UTF-8.
func decoded(body io.Reader, contentType string) (io.Reader, error) {
	r := bufio.NewReaderSize(body, peeked)
	start, err := r.Peek(peeked)
	if err != nil && len(start) == 0 {
		if errors.Is(err, io.EOF) {
			return r, nil
		}
		return nil, err
	}
	if e := marked(start); e != nil {
		return transform.NewReader(r, e.NewDecoder()), nil
	}
	name := declared(start)
	if name == "" {
		_, parameters, _ := mime.ParseMediaType(contentType)
		name = parameters["charset"]
	}
	if name == "" {
		return r, nil
	}
	e, canonical := charset.Lookup(name)
	switch {
	case e == nil:
		return nil, &broken{
			what:  "says that it is encoded in something that storydesk does not know",
			steps: []string{"have it write UTF-8"},
		}
	case canonical == "utf-8", canonical == "utf-16le", canonical == "utf-16be":
		return r, nil // what is not UTF-8 then has no declaration that could be read
	}
	return transform.NewReader(r, e.NewDecoder()), nil
}

// marked returns the encoding that a feed's first bytes show: a byte order mark, or a < in
// UTF-16. It is nil where they show none.
func marked(start []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(start, []byte{0xEF, 0xBB, 0xBF}):
		return unicode.UTF8BOM
	case bytes.HasPrefix(start, []byte{0xFF, 0xFE}), bytes.HasPrefix(start, []byte{'<', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(start, []byte{0xFE, 0xFF}), bytes.HasPrefix(start, []byte{0, '<'}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// declared returns the encoding that an XML declaration names, empty without one.
func declared(start []byte) string {
	found := regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`).FindSubmatch(start)
	if found == nil {
		return ""
	}
	return string(found[1])
}
