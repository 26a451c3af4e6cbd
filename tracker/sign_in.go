package tracker

import (
	"fmt"
	"time"
)

// SignInPatience is how long a sign-in waits before it lists what may be wrong.
const SignInPatience = time.Minute

// RenewalTime is the longest that an Exchange may take.
const RenewalTime = 30 * time.Second

// SignInHint returns how to sign in again, on the board and by command.
func SignInHint(name string) string {
	return fmt.Sprintf("sign in again in the board's integrations or with `storydesk integration login %q`", name)
}
