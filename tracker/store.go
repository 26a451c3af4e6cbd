package tracker

import (
	"context"
	"time"
)

// Store saves everything. It is safe for concurrent use, by several processes
// too. Its own failures are CodeInternal, or CodeUnavailable when the database
// is locked for longer than it waits.
type Store interface {
	// Read runs fn on one consistent snapshot. The Reader is void afterwards.
	Read(ctx context.Context, fn func(Reader) error) error
	// Write runs fn in one transaction that is committed when fn returns nil
	// and rolled back otherwise. What fn decides by is not changed by others before its end.
	// A store on a server may take back what fn did because of another transaction, and run
	// it again: fn changes nothing besides the store that a second run does not set anew.
	// The Writer is void afterwards.
	Write(ctx context.Context, fn func(Writer) error) error
	// Watch calls changed after other processes' commits since the store was opened, within a second,
	// and after Lost has changed, until ctx ends. It returns ctx's error or the
	// one that stopped it.
	Watch(ctx context.Context, changed func()) error
	// Lost is nil, or why nothing can be saved any more: CodeUnavailable while the
	// database that was opened is deleted or replaced, or its server out of reach.
	// Every Write fails with an error of that code then. It is cheap.
	Lost() error
}

// Reader asks the store. What names one thing fails with CodeNotFound when it
// is not there; listings are then empty. What is unread is so for who looks; see package viewer.
type Reader interface {
	ProjectReader
	IntegrationReader
	StoryReader
	PartReader
	SearchReader
	TicketReader
	AsideReader
	OutboxReader
	TicketEventReader
	TextReader
	LeaseReader
	ImportReader
}

// ProjectReader reads projects, with their epics and people.
type ProjectReader interface {
	EpicReader
	PeopleReader
	// Projects lists all projects by name.
	Projects() ([]Project, error)
	Project(id ProjectID) (Project, error)
}

// IntegrationReader reads integrations.
type IntegrationReader interface {
	// Integrations lists a project's integrations by name, or all for project 0.
	Integrations(project ProjectID) ([]Integration, error)
	Integration(id IntegrationID) (Integration, error)
	// Senders lists who was there last that can send, one for an integration at most.
	Senders() ([]Sender, error)
}

// StoryReader reads stories and their links.
type StoryReader interface {
	// Cards lists a project's stories in the board's order: by group
	// (accepted, in progress, unstarted, icebox), accepted ones by time, the
	// others by rank, then by id.
	Cards(project ProjectID) ([]Card, error)
	// Stories lists whole stories in the board's order, ids only when given.
	// Deleted ones are in no listing but DeletedStories.
	Stories(project ProjectID, ids ...StoryID) ([]Story, error)
	// Story reads one with owners, labels, tasks and links.
	Story(id StoryID) (Story, error)
	// DeletedStories lists the deleted stories of a project, the last deleted first.
	DeletedStories(project ProjectID) ([]Story, error)
	// Ranks tells the lowest and highest rank in a group; ok is false when it is
	// empty. Deleted stories keep their ranks and count.
	Ranks(project ProjectID, g Group) (lowest, highest int64, ok bool, err error)
	// RankBeside tells the rank next to a rank in a group, above or below it;
	// deleted stories count.
	RankBeside(project ProjectID, g Group, rank int64, above bool) (beside int64, ok bool, err error)
	// LastPlanned returns the lowest planned story but one, which need not be there; 0
	// where there is none.
	LastPlanned(project ProjectID, but StoryID) (StoryID, error)
	// Comments lists a story's comments, oldest first.
	Comments(story StoryID) ([]Comment, error)
	// Activities lists a story's changes, newest first.
	Activities(story StoryID) ([]Activity, error)
	// LinkedStories lists the stories linked to an account's tickets.
	LinkedStories(host string) (map[TicketID][]StoryRef, error)
}

// PartReader reads what hangs on a story; nothing for one that is not there.
type PartReader interface {
	// Blockers lists a story's blockers, oldest first.
	Blockers(story StoryID) ([]Blocker, error)
	// Blocking lists the unresolved blockers of stories that wait for a story.
	Blocking(story StoryID) ([]Blocker, error)
	// Reviews lists a story's reviews, oldest first.
	Reviews(story StoryID) ([]Review, error)
	// Followers lists the people who follow a story, in the order in which they came.
	Followers(story StoryID) ([]string, error)
	// Files lists a story's attachments, oldest first.
	Files(story StoryID) ([]StoryFile, error)
}

// TicketReader reads tickets and views as last read.
type TicketReader interface {
	// Tickets lists the tickets that an integration's view held when last
	// read, in the view's order, with empty descriptions. Whether they are unread
	// comes with them; their stories do not.
	Tickets(integration IntegrationID) ([]TicketRow, error)
	// OutsideView lists the tickets in some statuses that are linked to a story of an
	// integration's project but that its view did not hold when last read, as Tickets does.
	OutsideView(integration IntegrationID, statuses ...TicketStatus) ([]TicketRow, error)
	// Ticket reads a ticket as last seen, with its description.
	Ticket(key TicketKey) (Ticket, error)
	// SeenUpTo is up to which update who looks has seen a ticket, by Zendesk's clock; zero for none.
	SeenUpTo(key TicketKey) (time.Time, error)
	// Fetch tells of the last reading of an integration's view; CodeNotFound before the first.
	Fetch(integration IntegrationID) (Fetch, error)
}

// AsideReader reads which tickets were dismissed or snoozed.
type AsideReader interface {
	// Asides lists those of an account that were put aside, come back or not.
	Asides(host string) (map[TicketID]Aside, error)
}

// OutboxReader reads deliveries and the lanes that they wait in.
type OutboxReader interface {
	// Deliveries lists deliveries, newest first.
	Deliveries(q DeliveryQuery) ([]Delivery, error)
	Delivery(id DeliveryID) (Delivery, error)
	// DeliveryAttempts lists the last MaxAttempts tries of deliveries, oldest first.
	DeliveryAttempts(ids ...DeliveryID) (map[DeliveryID][]DeliveryAttempt, error)
	// DeliveryCounts counts the deliveries of each of some states; where none is named,
	// of all but those sent, which may be many.
	DeliveryCounts(states ...DeliveryState) (map[DeliveryState]int, error)
	// OldestPending returns when the oldest delivery was made that may still be sent; ok is
	// false where there is none.
	OldestPending() (madeAt time.Time, ok bool, err error)
	// Lane reads the lane of a ticket.
	Lane(ticket TicketKey) (Lane, error)
	// NextDue returns when the next lane of an integration that sends may be
	// claimed; ok is false when none waits. Hosts in busy are passed over, and
	// integrations by what [IntegrationID.Passed] returns.
	NextDue(busy ...string) (at time.Time, ok bool, err error)
	// LatestDue returns when the last of all those may be claimed.
	LatestDue() (at time.Time, ok bool, err error)
	// Sent lists what was sent to a ticket after since, oldest first; to all
	// tickets of the account when its number is 0. A private comment stands there once,
	// with its last try.
	Sent(ticket TicketKey, since time.Time) ([]Sent, error)
}

// TextReader reads drafts and settings.
type TextReader interface {
	// Draft reads a text that was not sent yet, empty when there is none.
	Draft(key string) (string, error)
	// Setting reads a setting, empty when it is not set.
	Setting(key string) (string, error)
}

// DeliveryQuery chooses deliveries. Zero fields do not restrict.
type DeliveryQuery struct {
	Story       StoryID
	Integration IntegrationID
	Ticket      TicketKey
	States      []DeliveryState
	// Of Stories, TicketIDs and Integrations one each must be a delivery's.
	Stories      []StoryID
	TicketIDs    []TicketID
	Integrations []IntegrationID
	// Before leaves that delivery and newer ones out; 0 leaves none out.
	Before DeliveryID
	// Limit is how many at most; 0 for all.
	Limit int
}

// Sent is one private comment as its ticket's and account's limits see it.
type Sent struct {
	// At is when the last request was last known to be under way, by our clock.
	At time.Time
	// Attempts counts the requests.
	Attempts int
}

// Writer also changes the store. Add methods set the id of what they are
// given; Save methods replace the row with that id and raise its version. A
// Save of a project, integration or story whose Version is not the stored one
// fails with CodeConflict. A taken name fails with CodeInvalid, field "name".
type Writer interface {
	Reader
	ProjectWriter
	IntegrationWriter
	StoryWriter
	PartWriter
	TicketWriter
	AsideWriter
	OutboxWriter
	TicketEventWriter
	TextWriter
	LeaseWriter
	ImportWriter
}

// ProjectWriter changes projects, with their epics and people.
type ProjectWriter interface {
	EpicWriter
	PeopleWriter
	AddProject(p *Project) error
	SaveProject(p *Project) error
}

// IntegrationWriter changes integrations.
type IntegrationWriter interface {
	// AddIntegration also gives it the links of its account that have none.
	AddIntegration(in *Integration) error
	SaveIntegration(in *Integration) error
	// RemoveIntegration deletes it, its secret and its cached view. Deliveries
	// stay, without it; so do links, or they go over to another integration of
	// the account.
	RemoveIntegration(id IntegrationID) error
	// MoveHost renames an account's host on integrations, links, tickets, lanes
	// and deliveries, and gives the integrations a new base URL.
	// With an empty baseURL all addresses stay as they are.
	MoveHost(from, to, baseURL string) error
	// SaveSender notes who can send for an integration, and is there.
	SaveSender(s Sender) error
}

// StoryWriter changes stories and their links.
type StoryWriter interface {
	// AddStory adds a story without links; owners, labels and tasks come with it.
	AddStory(s *Story) error
	// DeleteStory hides a story, with all that belongs to it, from every reading but
	// DeletedStories. CodeNotFound when it is hidden already.
	DeleteStory(id StoryID, at time.Time) error
	// RestoreStory shows a deleted story again, as it was. A link whose integration
	// belongs to another account by now is left without one. CodeNotFound when no
	// such story is deleted.
	RestoreStory(id StoryID) error
	// SaveStory replaces all but the links. Tasks without an id are new and are
	// given one; those that are missing are removed.
	SaveStory(s *Story) error
	// RemoveStory removes a story, deleted or not, for good: with its tasks,
	// comments, links and activities. Deliveries stay in the ledger.
	RemoveStory(id StoryID) error
	// SpaceRanks renumbers a group so that neighbours stand RankStep apart.
	SpaceRanks(project ProjectID, g Group) error
	AddComment(c *Comment) error
	// RemoveComment deletes a comment; its deliveries stay in the ledger.
	RemoveComment(id CommentID) error
	AddActivity(a *Activity) error
	// AddLink fails with CodeConflict when the story has that ticket already. The
	// first link of a ticket begins to follow it.
	AddLink(l *Link) error
	// RemoveLink fails with CodeNotFound when there is no such link.
	RemoveLink(story StoryID, ticket TicketKey) error
}

// PartWriter changes what hangs on a story. A Save method adds what has no id and
// sets it; what has one replaces the row with that id, or comes back under it after
// it was removed. A Remove method fails with CodeNotFound.
type PartWriter interface {
	SaveBlocker(b *Blocker) error
	RemoveBlocker(id BlockerID) error
	SaveReview(r *Review) error
	RemoveReview(id ReviewID) error
	// SaveFollowers makes these people those who follow a story.
	SaveFollowers(story StoryID, people []string) error
	SaveFile(f *StoryFile) error
	// RemoveFile hides an attachment, so that it can come back.
	RemoveFile(id FileID, at time.Time) error
	// CarryFile makes a comment carry an attachment.
	CarryFile(comment CommentID, file FileID) error
	// ForgetFiles ends that of what was removed before a time, and lists the contents
	// of all attachments that are left.
	ForgetFiles(before time.Time) (contents []string, err error)
}

// TicketWriter changes tickets and views as last read.
type TicketWriter interface {
	// BeginFetch starts a new reading of a view and sets f.ID.
	BeginFetch(f *Fetch) error
	// SaveTickets saves tickets of a reading, in order behind those saved by it
	// before, and how far it is.
	SaveTickets(f Fetch, tickets []Ticket) error
	// SaveTicket saves one ticket as last seen, in whatever views it stands. SLA
	// and progress stay where the answer does not tell them; that of a view always
	// counts.
	SaveTicket(t Ticket) error
	// SeeTicket notes up to which update who looks has seen a ticket, never less
	// than before. One that is not kept is passed over.
	SeeTicket(key TicketKey, upTo time.Time) error
	// BeginMarks lets who looks for the first time have seen what anybody has, and no more later.
	BeginMarks() error
	// KeepSeen lets those who had seen a ticket as it was have seen it after an update too.
	KeepSeen(key TicketKey, before, after time.Time) error
	// EndFetch records how a reading ended. A whole one (neither Partial nor
	// with a Problem) takes the tickets that it did not see out of the view.
	EndFetch(f Fetch) error
}

// AsideWriter changes which tickets are dismissed or snoozed.
type AsideWriter interface {
	// SaveAside puts a ticket aside, in place of what was saved of it before.
	SaveAside(a Aside) error
	// RemoveAside forgets that a ticket was put aside; CodeNotFound when it was not.
	RemoveAside(ticket TicketKey) error
}

// OutboxWriter changes deliveries and the lanes that they wait in.
type OutboxWriter interface {
	// AddDelivery puts a delivery at the end of its ticket's lane, with an ID and a Seq of its own.
	AddDelivery(d Delivery) error
	// SaveDelivery replaces a delivery. Its lane follows.
	SaveDelivery(d *Delivery) error
	// AddDeliveryAttempt saves a try; the oldest one goes where there are MaxAttempts.
	AddDeliveryAttempt(id DeliveryID, a DeliveryAttempt) error
	// RequeueDelivery saves it at the end of its lane with a new Seq.
	RequeueDelivery(d *Delivery) error
	// RemoveDelivery deletes one that never left.
	RemoveDelivery(id DeliveryID) error
	// EndGrace makes every waiting delivery that was never tried due at now.
	EndGrace(now time.Time) error
	// EndOutage makes the Unreachable deliveries of an account due at now.
	EndOutage(host string, now time.Time) error
	// BringForward makes what waits beyond limit due at now and ends the leases
	// that last longer: no clock that is right set them.
	BringForward(limit, now time.Time) error
	// ClaimLane takes one lane whose head is due, whose lease has run out and
	// whose integration sends: it raises the fence and sets the lease, in one
	// statement. What is in busy is passed over, as by NextDue. ok is false when none is due.
	ClaimLane(now, leaseUntil time.Time, busy []string) (c Claim, ok bool, err error)
	// RenewLane lets a claim last until l.LeaseUntil unless its fence is no
	// longer the lane's.
	RenewLane(l Lane) error
	// ReleaseLane ends a claim unless its fence is no longer the lane's.
	ReleaseLane(l Lane) error
}

// TextWriter changes drafts and settings.
type TextWriter interface {
	// SaveDraft saves a text, or deletes it when empty.
	SaveDraft(key, text string) error
	// SaveSetting sets a setting, or deletes it when empty.
	SaveSetting(key, value string) error
}

// RankStep is the distance between neighbours' ranks after renumbering: room
// for some forty moves into one gap.
const RankStep = int64(1) << 40

// Choices are settings that a user's own file holds. They are safe for concurrent use.
type Choices interface {
	// Covers reports whether a setting belongs there, and Names lists those that do.
	Covers(name string) bool
	Names() []string
	// Choice returns what the file says of a setting; false where it says nothing.
	Choice(name string) (value string, chosen bool)
	// Choose saves a setting, or removes it when the value is empty. A file that
	// is not there yet begins with remembered, the choices so far.
	Choose(name, value string, remembered map[string]string) error
}
