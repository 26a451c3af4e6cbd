package tty_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"storydesk/ui/tty"
)

// patience is how long a test waits for a state before it fails.
const patience = 20 * time.Second

// A ctrl+c ends a paste whose end never comes; text that holds one does not.
func TestCtrlCWithinAPaste(t *testing.T) {
	for name, c := range map[string]struct {
		reads []string
		want  string
	}{
		"none":                 {[]string{"a", "\x03"}, "a\x03"},
		"within":               {[]string{"\x1b[200~text", "\x03"}, "\x1b[200~text\x1b[201~\x03"},
		"begun in two halves":  {[]string{"\x1b[20", "0~text", "more", "\x03"}, "\x1b[200~textmore\x1b[201~\x03"},
		"ended":                {[]string{"\x1b[200~text\x1b[201~", "\x03"}, "\x1b[200~text\x1b[201~\x03"},
		"ended in two halves":  {[]string{"\x1b[200~text\x1b[2", "01~", "\x03"}, "\x1b[200~text\x1b[201~\x03"},
		"begun again":          {[]string{"\x1b[200~a\x1b[201~\x1b[200~b", "\x03"}, "\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~\x03"},
		"in a richer protocol": {[]string{"\x1b[200~text", "\x1b[99;5u"}, "\x1b[200~text\x1b[201~\x1b[99;5u"},
		"on a Russian layout":  {[]string{"\x1b[200~text", "\x1b[1089::99;69u"}, "\x1b[200~text\x1b[201~\x1b[1089::99;69u"},
		"as xterm sends it":    {[]string{"\x1b[200~text", "\x1b[27;5;99~"}, "\x1b[200~text\x1b[201~\x1b[27;5;99~"},
		"another key":          {[]string{"\x1b[200~text", "\x1b[98;5u"}, "\x1b[200~text\x1b[98;5u"},
		"with shift":           {[]string{"\x1b[200~text", "\x1b[99;6u"}, "\x1b[200~text\x1b[99;6u"},
		"pasted":               {[]string{"\x1b[200~a\x03b", "c\x03"}, "\x1b[200~a\x03bc\x03"},
		"only once":            {[]string{"\x1b[200~text", "\x03", "\x03"}, "\x1b[200~text\x1b[201~\x03\x03"},
	} {
		t.Run(name, func(t *testing.T) {
			ended := 0
			got, err := io.ReadAll(tty.NewInput(&chunks{c.reads}, func() { ended++ }))
			if err != nil || string(got) != c.want {
				t.Errorf("%q, %v, want %q", got, err, c.want)
			}
			if ended != 1 {
				t.Errorf("the end was told %d times", ended)
			}
		})
	}
}

// chunks are what a terminal sends, a piece with each read.
type chunks struct{ left []string }

func (c *chunks) Read(p []byte) (int, error) {
	if len(c.left) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.left[0])
	c.left = c.left[1:]
	return n, nil
}

// What does not fit into a read comes with the next one.
func TestAReadTooShortForTheEndOfAPaste(t *testing.T) {
	in := tty.NewInput(&chunks{[]string{"\x1b[200~", "\x03"}}, func() {})
	var got strings.Builder
	buffer := make([]byte, 6)
	for {
		n, err := in.Read(buffer)
		got.Write(buffer[:n])
		if err != nil {
			break
		}
	}
	if got.String() != "\x1b[200~\x1b[201~\x03" {
		t.Errorf("%q", got.String())
	}
}

// gate is a terminal that reads nothing until it is open.
type gate struct {
	open chan struct{}
	got  chan string
	err  error
}

func (g *gate) Write(p []byte) (int, error) {
	<-g.open
	g.got <- string(p)
	return len(p), g.err
}

// Writing to a terminal that does not read ends, and nothing is lost.
func TestATerminalThatDoesNotRead(t *testing.T) {
	g := &gate{open: make(chan struct{}), got: make(chan string, 10)}
	resumed := make(chan struct{})
	o := tty.NewOutput(g, func() { close(resumed) })
	for _, s := range []string{"one ", "two ", "three"} {
		if n, err := o.Write([]byte(s)); n != len(s) || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
	}
	if !o.Stalled() || o.Flush(time.Millisecond) {
		t.Error("it does not notice")
	}
	close(g.open)
	if !o.Flush(patience) || o.Stalled() {
		t.Error("it does not end")
	}
	<-resumed
	if got := <-g.got + <-g.got; got != "one two three" {
		t.Errorf("%q", got)
	}
}

// An error comes with the next write.
func TestATerminalThatIsGone(t *testing.T) {
	g := &gate{open: make(chan struct{}), got: make(chan string, 10), err: io.ErrClosedPipe}
	close(g.open)
	o := tty.NewOutput(g, nil)
	_, _ = o.Write([]byte("one"))
	if !o.Flush(patience) {
		t.Fatal("it does not end")
	}
	if _, err := o.Write([]byte("two")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%v", err)
	}
}

// A mark becomes blanks and a move.
func TestMarks(t *testing.T) {
	g := &gate{open: make(chan struct{}), got: make(chan string, 10)}
	close(g.open)
	o := tty.NewOutput(g, nil)
	_, _ = o.Write([]byte("a" + tty.Mark(3, 1) + "xy" + tty.Mark(0, 4) + "b"))
	if got := <-g.got; got != "a   \x1b[2Gxy\x1b[5Gb" {
		t.Errorf("%q", got)
	}
}

// A terminal may say that it is of any size.
func TestAnAbsurdSizeIsBounded(t *testing.T) {
	master, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer terminal.Close()
	for said, want := range map[pty.Winsize]pty.Winsize{
		{Cols: 80, Rows: 24}:       {Cols: 80, Rows: 24},
		{Cols: 65535, Rows: 65535}: {Cols: 1000, Rows: 500},
		{Cols: 65535, Rows: 3}:     {Cols: 1000, Rows: 3},
	} {
		if err := pty.Setsize(terminal, &said); err != nil {
			t.Fatal(err)
		}
		if w, h, ok := tty.Size(terminal); !ok || w != int(want.Cols) || h != int(want.Rows) {
			t.Errorf("%+v is drawn as %d×%d, %t", said, w, h, ok)
		}
	}
	if _, _, ok := tty.Size(io.Discard); ok {
		t.Error("what is no terminal has a size")
	}
}
