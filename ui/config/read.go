package config

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// maxSize is far more than a file of choices needs.
const maxSize = 1 << 20

// reading is one reading of a file.
type reading struct {
	vocabulary Vocabulary
	schema     []Section
	config     Config
	problems   []Problem
	// at are the places of keys and of commands, for what is found wrong only
	// when all has been read.
	at map[string]entry
	// told are the tables that are unknown and were reported.
	told     map[string]bool
	commands []*command
}

// Load reads a file. What is wrong is left out and listed, each with its place;
// a file that is not there says nothing.
func Load(path string, v Vocabulary) (Config, []Problem) {
	data, err := load(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return empty(), nil
	case err != nil:
		return empty(), []Problem{{File: path, Message: err.Error()}}
	}
	return Read(path, data, v)
}

// load reads a file's bytes; the error is a sentence.
func load(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("the config cannot be read (%w); check the permissions of its folders", reason(err))
	case info.IsDir():
		return nil, errors.New("this is a folder; the config must be a file: move the folder away and run `storydesk config init`")
	case !info.Mode().IsRegular():
		return nil, errors.New("this is no ordinary file; the config must be one")
	case info.Size() > maxSize:
		return nil, tooLarge(info.Size())
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the config cannot be read (%w); chmod 600 makes it yours to read", reason(err))
	}
	data, err := io.ReadAll(io.LimitReader(file, maxSize+1))
	if err = cmp.Or(err, file.Close()); err != nil {
		return nil, fmt.Errorf("the config cannot be read (%w)", reason(err))
	}
	if len(data) > maxSize {
		return nil, tooLarge(int64(len(data)))
	}
	return data, nil
}

func tooLarge(size int64) error {
	return fmt.Errorf("the config has %.1f MB and may have 1 MB; check whether this is the file you mean", float64(size)/(1<<20))
}

// reason is an error of the system without the path, which stands before it.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// Read reads the text of a file whose name stands in the problems.
func Read(name string, data []byte, v Vocabulary) (Config, []Problem) {
	r := &reading{vocabulary: v, schema: Schema(v), config: empty(), at: map[string]entry{}, told: map[string]bool{}}
	t, problem := parse(data)
	if problem != nil {
		problem.File = name
		return r.config, []Problem{*problem}
	}
	for _, h := range t.headers {
		r.header(h)
	}
	for _, e := range t.entries {
		r.entry(e)
	}
	r.finish()
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	for i := range r.problems {
		r.problems[i].File = name
	}
	return r.config, r.problems
}

// wrong reports a problem with an entry's value.
func (r *reading) wrong(e entry, format string, args ...any) {
	r.problem(e.value.at, e.path, format, args...)
}

func (r *reading) problem(at place, path []string, format string, args ...any) {
	r.problems = append(r.problems, Problem{Line: at.line, Column: at.column, Key: join(path), Message: fmt.Sprintf(format, args...)})
}

// section finds a section by its table's name.
func (r *reading) section(name string) (Section, bool) {
	i := slices.IndexFunc(r.schema, func(s Section) bool { return s.Name == name })
	if i < 0 {
		return Section{}, false
	}
	return r.schema[i], true
}

// header checks the name of a table, which may have no keys.
func (r *reading) header(h header) {
	s, known := r.section(h.path[0])
	switch {
	case !known:
		r.unknownTable(h.path, h.at)
	case len(h.path) != s.depth() && (s.form != named || len(h.path) != 1):
		r.misshapen(s, h.path, h.at)
	}
}

// depth is how many names a table of the section has.
func (s Section) depth() int {
	if s.form == once {
		return 1
	}
	return 2
}

func (r *reading) unknownTable(path []string, at []place) {
	if r.told[path[0]] {
		return
	}
	r.told[path[0]] = true
	var names []string
	for _, s := range r.schema[1:] {
		names = append(names, s.Name)
	}
	r.problem(at[0], path[:1], "there is no table %s; %s", bare(path[0]), hint(path[0], names))
}

func (r *reading) misshapen(s Section, path []string, at []place) {
	name := join(path)
	if r.told[name] {
		return
	}
	r.told[name] = true
	shape := "[" + s.Name + "]"
	switch s.form {
	case named:
		shape = "[" + s.Name + ".NAME]"
	case listed:
		shape = "[[" + s.Name + "]]"
	case once:
	}
	r.problem(at[len(at)-1], path, "%s does not fit here; write a table %s with its keys below", name, shape)
}

// entry takes one key.
func (r *reading) entry(e entry) {
	name, place := e.path[len(e.path)-1], e.at[len(e.at)-1]
	section := r.schema[0]
	if len(e.path) == 1 {
		if s, isTable := r.section(name); isTable && s.Name != "" {
			r.misshapen(s, e.path, e.at)
			return
		}
	} else {
		s, known := r.section(e.path[0])
		switch {
		case !known || s.Name == "":
			r.unknownTable(e.path, e.at)
			return
		case len(e.path) != s.depth()+1 || s.form == listed && !strings.HasPrefix(e.path[1], "#"):
			r.misshapen(s, e.path, e.at)
			return
		}
		section = s
	}
	lookup := name
	if section.Name == keys {
		lookup = r.vocabulary.Keys().Full(name)
	}
	i := slices.IndexFunc(section.Keys, func(k Key) bool { return k.Name == lookup })
	if i < 0 {
		r.unknownKey(section, e, place)
		return
	}
	section.Keys[i].take(r, e)
}

func (r *reading) unknownKey(section Section, e entry, at place) {
	name := e.path[len(e.path)-1]
	if section.Name == keys && len(section.Keys) == 0 {
		r.config.Keys[name] = texts(e.value)
		return // whoever has the table of actions checks them
	}
	var names []string
	for _, k := range section.Keys {
		names = append(names, k.Name)
	}
	where := ""
	if section.Name != "" {
		where = " in [" + section.Name + "]"
	}
	for _, other := range r.schema {
		if other.Name == section.Name || other.form != once {
			continue
		}
		if slices.ContainsFunc(other.Keys, func(k Key) bool { return k.Name == name }) {
			target := "before the first table"
			if other.Name != "" {
				target = "below [" + other.Name + "]"
			}
			r.problem(at, e.path, "there is no key %s%s; it belongs %s", bare(name), where, target)
			return
		}
	}
	r.problem(at, e.path, "there is no key %s%s; %s", bare(name), where, hint(name, names))
}

// texts are the texts of a list, or of a text alone.
func texts(v value) []string {
	if v.kind == unstable.String {
		return []string{v.text}
	}
	list := make([]string, 0, len(v.list))
	for _, item := range v.list {
		list = append(list, item.text)
	}
	return list
}
