package tracker

import "time"

// SignInPatience is how long a sign-in waits before it lists what may be wrong.
const SignInPatience = time.Minute

// RenewalTime is the longest that an Exchange may take.
const RenewalTime = 30 * time.Second
