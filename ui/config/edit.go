package config

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/pelletier/go-toml/v2/unstable"
)

// quote writes a text as TOML does.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(text, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.In(r, unicode.Cc):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// quoteAll writes a list of texts as TOML does.
func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for i, text := range list {
		quoted[i] = quote(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// set returns the file with a value in place of the one of a key, which is
// added when it is not there. All other bytes stay.
func set(data []byte, table, key, text string) ([]byte, error) {
	t, problem := parse(data)
	if problem != nil {
		return nil, *problem
	}
	if i := t.find(table, key); i >= 0 {
		e := t.entries[i]
		return t.verified(data, splice(data, e.from, e.end, text), table, key, text)
	}
	line := bare(key) + " = " + text + newline(data)
	end := t.endOf(table)
	if end < 0 {
		if end = t.endOfDotted(table); end >= 0 {
			line = table + "." + line
		} else {
			end = len(data)
			line = "[" + table + "]" + newline(data) + line
			if len(bytes.TrimSpace(data)) > 0 {
				line = newline(data) + line
			}
		}
	}
	if end > 0 && data[end-1] != '\n' {
		line = newline(data) + line
	}
	return t.verified(data, splice(data, end, end, line), table, key, text)
}

// remove returns the file without a key. A comment behind it stays.
func remove(data []byte, table, key string) ([]byte, error) {
	t, problem := parse(data)
	if problem != nil {
		return nil, *problem
	}
	i := t.find(table, key)
	if i < 0 {
		return data, nil
	}
	e := t.entries[i]
	if e.inline {
		return nil, byHand(table, key)
	}
	end := e.end
	for end < len(data) && (data[end] == ' ' || data[end] == '\t') {
		end++
	}
	if rest := data[end:]; bytes.HasPrefix(rest, []byte("\r\n")) {
		end += 2
	} else if bytes.HasPrefix(rest, []byte("\n")) {
		end++
	}
	return t.verified(data, splice(data, e.start, end, ""), table, key, "")
}

// find finds an entry, -1 when it is not there.
func (t *tree) find(table, key string) int {
	return slices.IndexFunc(t.entries, func(e entry) bool { return slices.Equal(e.path, []string{table, key}) })
}

// endOf is where a line can be added to a table: behind its last key, or its
// header; -1 when it has none.
func (t *tree) endOf(table string) int {
	i := slices.IndexFunc(t.headers, func(h header) bool { return slices.Equal(h.path, []string{table}) })
	if i < 0 {
		return -1
	}
	end, limit := t.headers[i].end, len(t.data)
	if i+1 < len(t.headers) {
		limit = t.headers[i+1].end
	}
	for _, e := range t.entries {
		if e.path[0] == table && len(e.path) > 1 && e.own == len(e.path)-1 && !e.inline && e.start >= end && e.start < limit {
			end = max(end, t.lineEnd(e.end))
		}
	}
	return end
}

// endOfDotted is the same for a table that is written as table.key in front of
// all tables.
func (t *tree) endOfDotted(table string) int {
	end := -1
	for _, e := range t.entries {
		if len(e.path) > 1 && e.path[0] == table && e.own == len(e.path) && !e.inline {
			end = max(end, t.lineEnd(e.end))
		}
	}
	return end
}

func (t *tree) lineEnd(offset int) int {
	if i := bytes.IndexByte(t.data[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(t.data)
}

func splice(data []byte, from, end int, text string) []byte {
	return slices.Concat(data[:from], []byte(text), data[end:])
}

func newline(data []byte) string {
	if bytes.Contains(data, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// verified returns the changed file when it says what it should and all else as before.
func (t *tree) verified(before, after []byte, table, key, text string) ([]byte, error) {
	changed, problem := parse(after)
	if problem != nil {
		return nil, byHand(table, key)
	}
	others := func(t *tree) []string {
		var list []string
		for _, e := range t.entries {
			if !slices.Equal(e.path, []string{table, key}) {
				list = append(list, strings.Join(e.path, "\x00")+"="+string(t.data[e.from:e.end]))
			}
		}
		slices.Sort(list)
		return list
	}
	i := changed.find(table, key)
	said := ""
	if i >= 0 {
		said = string(changed.data[changed.entries[i].from:changed.entries[i].end])
	}
	if said != text || !slices.Equal(others(t), others(changed)) {
		return nil, byHand(table, key)
	}
	if len(before) > 0 && len(after) > maxSize {
		return nil, errors.New("the config would be larger than 1 MB")
	}
	return after, nil
}

func byHand(table, key string) error {
	return fmt.Errorf("%s.%s cannot be changed where it stands; edit the file, or write the key into a table [%s]", table, bare(key), table)
}

// lookup is a text, or a list of texts, that a file gives to a key.
func (t *tree) lookup(table, key string) (entry, bool) {
	i := t.find(table, key)
	if i < 0 {
		return entry{}, false
	}
	e := t.entries[i]
	return e, e.kind == unstable.String || e.kind == unstable.Array || e.kind == unstable.Bool
}
