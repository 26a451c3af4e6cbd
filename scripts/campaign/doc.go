// Campaign tests the guarantee of storydesk's deliveries: a change
// that was acknowledged reaches every linked ticket once, in order, as a
// private comment, or is parked with the reason.
//
//	go run ./scripts/campaign [-comments N] [-kills N] [-processes N] [-boards N] [-postgres] [-tickets N] [-quiet D] [-list-lag D] [-seed S]
//
// A parent runs a sandbox and several worker processes on one database.
// The workers make changes, some of them comments with attachments, take some of them back,
// and send comments; the parent
// distorts the sandbox's answers, takes it off the network, kills and suspends
// workers, lets their clocks jump and their disk fill up, locks the database,
// drops comments, signs other users in and switches the integration off. In the end all faults stop,
// the queue drains, and one line reports the outcome. With -postgres the database is on a
// server, which is killed and restarted too, and which the workers reach over connections that
// break in the middle of commits. The exit code is 1 if
// the guarantee broke.
//
// Four things keep a comment from being sent twice: the claim of its lane, the lane's fence and
// the number of attempts, which are tested when it begins to be sent, and Zendesk's stamp. Each
// is enough for most of what happens, so a campaign with a broken claim (-twice) still passes:
// what it proves is the others. That the claim itself is right is seen where the others are
// taken away: TestACampaignFindsABrokenClaim finds doubles then with the broken claim, and none
// with the real one.
//
// Invariants:
//   - A change counts from the moment at which the worker said that its use
//     case returned; its private comments are those that it owes its story's links.
//   - What was delivered is read from the sandbox, never from the database.
//   - Troubles follow from the seed and the number of acknowledged comments, so
//     that a slow machine sees the same of them as a fast one.
//   - Workers run the real service with the real store and the real client;
//     only their send time-out is shorter.
package main
