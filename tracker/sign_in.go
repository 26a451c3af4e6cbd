package tracker

import "time"

// SignInHelpAfter is how long a sign-in waits before it lists what may be wrong.
const SignInHelpAfter = time.Minute

// RenewalTime is the longest that an Exchange may take.
const RenewalTime = 30 * time.Second
