package config

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// place is where something stands in a file, in lines and characters from 1.
type place struct{ line, column int }

// value is a value of the file.
type value struct {
	kind unstable.Kind
	// text is a string's content, or how another scalar is written.
	text string
	list []value
	at   place
}

// entry is a key with its value.
type entry struct {
	// path are the tables around the key and the key. The n-th table of a list
	// is named #n.
	path []string
	at   []place
	value
	// own is how many parts of path stand before the value's equals sign.
	own int
	// start, from and end are the offsets of the key, the value, and what follows.
	start, from, end int
	// inline is true inside braces.
	inline bool
}

// header is a table's line.
type header struct {
	path []string
	at   []place
	// end is the offset behind its line.
	end int
}

// tree is a file that was read.
type tree struct {
	data    []byte
	entries []entry
	headers []header
	counts  map[string]int
	parser  unstable.Parser
}

// byteOrderMark is what some editors put in front of a file.
const byteOrderMark = "\ufeff"

// parse reads a file; the problem says why it cannot be read.
func parse(data []byte) (*tree, *Problem) {
	t := &tree{data: data, counts: map[string]int{}}
	if at := invalid(data); at >= 0 {
		p := t.place(at)
		return nil, &Problem{Line: p.line, Column: p.column, Message: "this is not UTF-8 text; save the file as UTF-8"}
	}
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		data = append([]byte("   "), data[len(byteOrderMark):]...)
		t.data = data
	}
	var all map[string]any
	if err := toml.Unmarshal(data, &all); err != nil {
		p := Problem{Line: 1, Column: 1, Message: "the file is not valid TOML (" + strings.TrimPrefix(err.Error(), "toml: ") + "); nothing of it is used"}
		var decode *toml.DecodeError
		if errors.As(err, &decode) {
			p.Line, p.Column = decode.Position()
		}
		return nil, &p
	}
	t.parser.Reset(data)
	var within header
	for t.parser.NextExpression() {
		node := t.parser.Expression()
		switch node.Kind {
		case unstable.KeyValue:
			t.add(within, node, false)
		case unstable.Table, unstable.ArrayTable:
			within = t.header(node)
			t.headers = append(t.headers, within)
		default:
		}
	}
	return t, nil
}

// invalid is the offset of the first byte that is no UTF-8, -1 for none.
func invalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// place finds the line and the column of an offset.
func (t *tree) place(offset int) place {
	before := t.data[:offset]
	start := bytes.LastIndexByte(before, '\n') + 1
	return place{1 + bytes.Count(before, []byte("\n")), 1 + utf8.RuneCount(before[start:])}
}

func (t *tree) header(node *unstable.Node) header {
	path, at, end := t.key(node.Key())
	path = t.numbered(path)
	if node.Kind == unstable.ArrayTable {
		name := join(path)
		path, at = append(path, "#"+strconv.Itoa(t.counts[name])), append(at, at[len(at)-1])
		t.counts[name]++
	} else if len(path) > len(at) {
		at = append(at, at[len(at)-1])
	}
	if line := bytes.IndexByte(t.data[end:], '\n'); line >= 0 {
		end += line + 1
	} else {
		end = len(t.data)
	}
	return header{path, at, end}
}

// numbered names the last table of a list where a header goes on inside it.
func (t *tree) numbered(path []string) []string {
	if n := t.counts[path[0]]; n > 0 && len(path) > 1 {
		return append([]string{path[0], "#" + strconv.Itoa(n-1)}, path[1:]...)
	}
	return path
}

// key reads the parts of a key, and the offset behind it.
func (t *tree) key(it unstable.Iterator) (path []string, at []place, end int) {
	for it.Next() {
		part := it.Node()
		path = append(path, string(part.Data))
		at = append(at, t.place(int(part.Raw.Offset)))
		end = int(part.Raw.Offset + part.Raw.Length)
	}
	return path, at, end
}

// add adds a key with its value, or each key inside its braces.
func (t *tree) add(within header, node *unstable.Node, inline bool) {
	own, at, from := t.key(node.Key())
	from++ // at the earliest
	for t.data[from-1] != '=' {
		from++
	}
	for from < len(t.data) && (t.data[from] == ' ' || t.data[from] == '\t') {
		from++
	}
	whole := header{path: append(append([]string{}, within.path...), own...), at: append(append([]place{}, within.at...), at...)}
	switch v := node.Value(); {
	case v.Kind == unstable.InlineTable:
		t.inside(whole, v)
	case v.Kind == unstable.Array && v.Child().Valid() && v.Child().Kind == unstable.InlineTable:
		n := 0
		for it := v.Children(); it.Next(); {
			if it.Node().Kind != unstable.InlineTable {
				continue
			}
			item := header{path: append(append([]string{}, whole.path...), "#"+strconv.Itoa(n)), at: append(append([]place{}, whole.at...), whole.at[len(whole.at)-1])}
			t.inside(item, it.Node())
			n++
		}
	default:
		t.entries = append(t.entries, entry{
			path: whole.path, at: whole.at, value: t.value(v, from), own: len(own), inline: inline,
			start: int(node.Raw.Offset), from: from, end: int(node.Raw.Offset + node.Raw.Length),
		})
	}
}

func (t *tree) inside(within header, table *unstable.Node) {
	for it := table.Children(); it.Next(); {
		if it.Node().Kind == unstable.KeyValue {
			t.add(within, it.Node(), true)
		}
	}
}

func (t *tree) value(node *unstable.Node, from int) value {
	v := value{kind: node.Kind, text: string(node.Data), at: t.place(from)}
	if node.Kind != unstable.Array {
		return v
	}
	for it := node.Children(); it.Next(); {
		if child := it.Node(); child.Kind != unstable.Comment {
			at := from
			if child.Raw.Length > 0 {
				at = int(child.Raw.Offset)
			}
			v.list = append(v.list, t.value(child, at))
		}
	}
	return v
}
