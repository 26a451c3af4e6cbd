package dialog

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEditorCommand(t *testing.T) {
	for _, c := range []struct {
		name    string
		environ []string
		want    []string
	}{
		{"nothing set", nil, []string{"vi"}},
		{"editor", []string{"EDITOR=nano"}, []string{"nano"}},
		{"visual wins", []string{"VISUAL=code --wait", "EDITOR=nano"}, []string{"code", "--wait"}},
		{"blank is not set", []string{"VISUAL= ", "EDITOR=nano"}, []string{"nano"}},
		{"quoted path", []string{`EDITOR="/opt/my editor/bin/ed" -f 'a b'`}, []string{"/opt/my editor/bin/ed", "-f", "a b"}},
		{"backslash", []string{`EDITOR=/opt/my\ editor "a\"b\c"`}, []string{"/opt/my editor", `a"b\c`}},
		{"empty word", []string{`EDITOR=ed ''`}, []string{"ed", ""}},
		{"no expansion", []string{`EDITOR=ed $HOME;rm`}, []string{"ed", "$HOME;rm"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := editorCommand(c.environ)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	for _, broken := range []string{`"open`, `'open`, `ed\`, "\t "} {
		if got, err := splitWords(broken); err == nil {
			t.Errorf("splitWords(%q) = %q, want an error", broken, got)
		}
	}
}

// writeScript makes an executable that stands in for an editor.
func writeScript(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "my editor")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTextEditor(t *testing.T) {
	seen := filepath.Join(t.TempDir(), "seen")
	script := writeScript(t, `for last; do :; done
{ ls -l "$last" | cut -c1-10; ls -ld "$(dirname "$last")" | cut -c1-10; echo "$last"; cat "$last"; } > `+seen+`
printf 'written\nanew\n' > "$last"`)
	e := &textEditor{ctx: t.Context(), argv: []string{script, "--wait"}, what: "story", text: "as it was"}
	var out bytes.Buffer
	e.SetStdin(strings.NewReader(""))
	e.SetStdout(&out)
	e.SetStderr(&out)
	if err := e.Run(); err != nil {
		t.Fatal(err, out.String())
	}
	if e.text != "written\nanew" {
		t.Errorf("text = %q", e.text)
	}
	lines, err := os.ReadFile(seen)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(strings.TrimSpace(string(lines)), "\n")
	if len(got) != 4 || got[0] != "-rw-------" || got[1] != "drwx------" || got[3] != "as it was" || filepath.Base(got[2]) != "story.md" {
		t.Fatalf("the editor saw %q", got)
	}
	if _, err := os.Stat(got[2]); !os.IsNotExist(err) {
		t.Errorf("%s was left behind: %v", got[2], err)
	}
}

// The file ends in a line break as text files do; the text gains none by it.
func TestTextEditorEndsTheLastLine(t *testing.T) {
	for text, want := range map[string]string{"": "", "one": "one\n", "one\ntwo\n": "one\ntwo\n\n"} {
		seen := filepath.Join(t.TempDir(), "seen")
		e := &textEditor{ctx: t.Context(), argv: []string{writeScript(t, `cp "$1" `+seen)}, text: text}
		if err := e.Run(); err != nil {
			t.Fatal(err)
		}
		if file, err := os.ReadFile(seen); err != nil || string(file) != want {
			t.Errorf("the file of %q is %q, want %q (%v)", text, file, want, err)
		}
		if e.text != text {
			t.Errorf("%q came back as %q", text, e.text)
		}
	}
}

func TestTextEditorFails(t *testing.T) {
	e := &textEditor{ctx: t.Context(), argv: []string{writeScript(t, `echo spoilt > "$1"; exit 1`)}, text: "as it was"}
	if err := e.Run(); err == nil {
		t.Error("an editor that fails is not reported")
	}
	if e.text != "as it was" {
		t.Errorf("text = %q, want it untouched", e.text)
	}
}
