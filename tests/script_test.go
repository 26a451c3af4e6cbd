package tests

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScript runs the command scripts against the real program. Beside the
// usual commands of testscript they have:
//
//	exits CODE COMMAND...   runs a command, which must end with that exit code
//	json FILE PATH VALUE    compares a value inside JSON, such as 0.name;
//	                        "length" is a list's length
//	sandbox FLAG...         starts `storydesk demo --no-ui` and sets URL, EMAIL,
//	                        PASSWORD, TOKEN and VIEW to what it prints, and
//	                        CLIENT to its OAuth client, FEED and FEED_BASE to its
//	                        feed's address and what those of its items begin with
//	control METHOD PATH BODY  asks the sandbox's control calls
//	paste-login WHAT COMMAND...  presses Allow where a command says so, and
//	                        pastes the address that this leads to, or the code
//	callback-port           sets PORT to a free one that the sandbox's OAuth
//	                        clients may come back to
//	hides-tokens DATABASE FILE...  fails if a file holds the saved tokens
//	hides-texts TICKETS FILE  fails if a file holds a text of the tickets, which
//	                        are JSON as `ticket list` prints it
//
// A command that opens a browser gets one that presses the button named PRESS.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               atHome,
		Cmds:                commands(),
	})
}
