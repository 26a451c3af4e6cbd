// Storydesk shows the tickets of a Zendesk view beside a prioritised backlog,
// in the terminal.
package main

import (
	"os"

	"storydesk/store/keyring"
	"storydesk/wiring"
)

func main() {
	os.Exit(wiring.Run(keyring.System{}))
}
