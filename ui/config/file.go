package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/pelletier/go-toml/v2/unstable"

	"storydesk/tracker"
	"storydesk/ui/keymap"
)

// File is a user's config file as the place where chosen settings and keys are
// saved. It is safe for concurrent use.
type File struct {
	// Path is where it is, or will be.
	Path string
	// Vocabulary is what a new file lists.
	Vocabulary Vocabulary

	mu sync.Mutex
}

// Covers reports whether a setting of this name belongs into the file.
func (f *File) Covers(name string) bool { return slices.Contains(f.Names(), name) }

// Names are the names of the settings that belong into the file, with that of the keys.
func (f *File) Names() []string {
	names := []string{keymap.Setting}
	for _, s := range InFile() {
		names = append(names, s.Name)
	}
	return names
}

// Choice returns what the file says of a setting, or of the keys as
// [keymap.Setting] saves them. What cannot be read is as if it were not there:
// the check says so.
func (f *File) Choice(name string) (string, bool) {
	data, err := load(f.Path)
	if err != nil {
		return "", false
	}
	t, problem := parse(data)
	if problem != nil {
		return "", false
	}
	if name == keymap.Setting {
		chosen := t.keys()
		return encode(chosen), len(chosen) > 0
	}
	e, found := t.lookup(settings, name)
	if !found || e.kind == unstable.Array {
		return "", false
	}
	return e.text, true
}

// keys are the keys that a file gives.
func (t *tree) keys() map[string][]string {
	chosen := map[string][]string{}
	for _, e := range t.entries {
		if len(e.path) == 2 && e.path[0] == keys && (e.kind == unstable.String || e.kind == unstable.Array) {
			chosen[e.path[1]] = texts(e.value)
		}
	}
	return chosen
}

func encode(chosen map[string][]string) string {
	if len(chosen) == 0 {
		return ""
	}
	text, err := json.Marshal(chosen)
	if err != nil {
		return "" // lists of texts by text have no reason to fail
	}
	return string(text)
}

func decode(text string) map[string][]string {
	chosen := map[string][]string{}
	if err := json.Unmarshal([]byte(text), &chosen); err != nil {
		return map[string][]string{}
	}
	return chosen
}

// Choose saves a setting, or removes it when the value is empty. A new file is
// begun with remembered, which are the choices so far.
func (f *File) Choose(name, value string, remembered map[string]string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	before, err := load(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && value == "":
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return f.begin(with(remembered, name, value))
	case err != nil:
		return refused(Problem{File: f.Path, Message: err.Error()})
	}
	after, err := f.changed(before, name, value)
	if err != nil {
		var p Problem
		if !errors.As(err, &p) {
			p.Message = err.Error()
		}
		p.File = f.Path
		return refused(p)
	}
	if bytes.Equal(before, after) {
		return nil
	}
	return replace(f.Path, before, after)
}

func with(remembered map[string]string, name, value string) map[string]string {
	all := map[string]string{name: value}
	for other, v := range remembered {
		if other != name {
			all[other] = v
		}
	}
	return all
}

// Begin writes a new file with the choices so far; CodeConflict when there is one.
func (f *File) Begin(remembered map[string]string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := os.Lstat(f.Path); err == nil {
		return tracker.Errorf(tracker.CodeConflict,
			"there is a config at %s already. Edit that one, check it with `storydesk config check`, or move it away first.", f.Path)
	}
	return f.begin(remembered)
}

func (f *File) begin(remembered map[string]string) error {
	chosen := map[string]string{}
	for _, s := range InFile() {
		if v := remembered[s.Name]; v != "" {
			chosen[s.Name] = v
		}
	}
	text := Initial(f.Vocabulary, chosen, decode(remembered[keymap.Setting]))
	if err := os.MkdirAll(filepath.Dir(f.Path), 0o700); err != nil {
		return tracker.Errorf(tracker.CodeUnavailable, "the config's folder %s cannot be made: %w", filepath.Dir(f.Path), reason(err))
	}
	return replace(f.Path, nil, text)
}

// changed is the file's text with another value.
func (f *File) changed(before []byte, name, value string) ([]byte, error) {
	if name != keymap.Setting {
		if value == "" {
			return remove(before, settings, name)
		}
		return set(before, settings, name, quote(value))
	}
	t, problem := parse(before)
	if problem != nil {
		return nil, *problem
	}
	was, wanted := t.keys(), decode(value)
	after := before
	full := f.Vocabulary.Keys().Full
	for written := range was {
		if _, stays := wanted[full(written)]; stays && full(written) == written {
			continue
		}
		var err error
		if after, err = remove(after, keys, written); err != nil {
			return nil, err
		}
	}
	for _, action := range sorted(wanted) {
		if now, same := was[action]; same && slices.Equal(now, wanted[action]) {
			continue
		}
		var err error
		if after, err = set(after, keys, action, quoteAll(wanted[action])); err != nil {
			return nil, err
		}
	}
	return after, nil
}

func sorted(m map[string][]string) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func refused(p Problem) error {
	return tracker.Errorf(tracker.CodeConflict, "the config was not changed: %w", p)
}

// replace writes a file in place of one that says before, in one step and
// through links: a file of dotfiles that is linked here stays linked.
func replace(path string, before, after []byte) (err error) {
	fail := func(err error) error {
		return tracker.Errorf(tracker.CodeUnavailable, "the config %s cannot be written (%w); check its permissions", path, reason(err))
	}
	target := path
	if linked, err := filepath.EvalSymlinks(path); err == nil {
		target = linked
	} else if linked, err := os.Readlink(path); err == nil {
		target = linked
		if !filepath.IsAbs(linked) {
			target = filepath.Join(filepath.Dir(path), linked)
		}
	}
	file, err := os.CreateTemp(filepath.Dir(target), ".config-*.toml") // mode 0600
	if err != nil {
		return fail(err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	_, writeErr := file.Write(after)
	if err := errors.Join(writeErr, file.Sync(), file.Close()); err != nil {
		return fail(err)
	}
	now, err := os.ReadFile(target)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fail(err)
	case !bytes.Equal(now, before) || (err == nil) != (before != nil):
		return tracker.Errorf(tracker.CodeConflict, "the config %s was changed by another program at the same time; nothing was saved, try again", path)
	}
	if err := os.Rename(file.Name(), target); err != nil {
		return fail(err)
	}
	return nil
}

// Path returns where the config is: $STORYDESK_CONFIG, else in a folder of configs.
func Path(getenv func(string) string, folder string) string {
	if path := getenv(Env); path != "" {
		return path
	}
	return filepath.Join(folder, "storydesk", "config.toml")
}

// Env is the variable that names the file.
const Env = "STORYDESK_CONFIG"
