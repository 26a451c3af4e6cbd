// Campaign puts the promise of storydesk's deliveries to the test: a change
// that was acknowledged reaches every linked ticket once, in order, as a
// private comment, or is parked with the reason.
//
//	go run ./scripts/campaign [-notes N] [-kills N] [-processes N] [-tickets N] [-quiet D] [-list-lag D] [-seed S]
//
// A parent runs a sandbox desk and several worker processes on one database.
// The workers make changes, take some of them back, and send notes; the parent
// spoils the desk's answers, takes the desk off the network, kills and suspends
// workers, lets their clocks jump and their disk fill up, locks the database,
// drops notes, signs other users in and switches the integration off. In the end all troubles stop,
// the queue drains, and one line tells what came of it. The exit code is 1 if
// the promise broke.
//
// Invariants:
//   - A change counts from the moment at which the worker said that its use
//     case returned; its private comments will not be sent are those that it owes its story's links.
//   - What was delivered is read from the desk, never from the database.
//   - Troubles follow from the seed and the number of acknowledged notes, so
//     that a slow machine sees the same of them as a fast one.
//   - Workers run the real service with the real store and the real client;
//     only their send time-out is shorter.
package main
