package session

import (
	"cmp"
	"errors"
	"os"
	"runtime"
)

var (
	errOverSSH   = errors.New("over SSH it would not be on your screen")
	errNoDisplay = errors.New("this session has no display")
)

// ShowInBrowser opens an address in a browser that is before the user's eyes.
func (p *Program) ShowInBrowser(url string) error {
	if err := Unseen(); err != nil {
		return err
	}
	return p.OpenBrowser(url)
}

// Unseen returns why a browser that is opened here would not be before the
// user's eyes, or could not come back to this machine; nil when it would.
func Unseen() error {
	if cmp.Or(os.Getenv("SSH_CONNECTION"), os.Getenv("SSH_TTY")) != "" {
		return errOverSSH
	}
	switch runtime.GOOS {
	case "darwin", "windows":
		return nil
	}
	if cmp.Or(os.Getenv("DISPLAY"), os.Getenv("WAYLAND_DISPLAY"), os.Getenv("BROWSER")) == "" {
		return errNoDisplay
	}
	return nil
}
