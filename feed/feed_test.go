package feed_test

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"storydesk/feed"
	"storydesk/feed/sandbox"
	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// serve starts a feed and returns it with an integration that reads it.
func serve(t *testing.T, m sandbox.Mode) (*sandbox.Server, tracker.Integration) {
	t.Helper()
	s := sandbox.New(m)
	url, err := s.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, tracker.Integration{Name: "Planner", Kind: "other", URL: url + sandbox.Path, Host: url + sandbox.Pages}
}

// read reads a whole feed.
func read(ctx context.Context, c *feed.Client, in tracker.Integration, secret string) (items []tracker.Ticket, skipped int, err error) {
	for page, err := range c.Items(ctx, in, secret, "") {
		if err != nil {
			return items, skipped, err
		}
		items, skipped = append(items, page.Items...), page.Skipped
	}
	return items, skipped, nil
}

func TestItems(t *testing.T) {
	t.Parallel()
	_, in := serve(t, sandbox.Mode{})
	items, skipped, err := read(t.Context(), feed.New(feed.Config{}), in, "")
	if err != nil || len(items) != 5 || skipped != 0 {
		t.Fatalf("%d items, %d skipped, %v", len(items), skipped, err)
	}
	first := items[0]
	if first.ID != 2041 || first.Host != in.Host || first.Type != "feature" || first.Subject != "Export the shift plan as a calendar" || first.Requester != "ines.moreau" ||
		!first.CreatedAt.Equal(time.Date(2026, 11, 20, 9, 12, 0, 0, time.UTC)) || first.URL != in.Host+"2041" || !strings.HasPrefix(first.Description, "People subscribe") {
		t.Errorf("%+v", first)
	}
	if iso := items[1]; !iso.CreatedAt.Equal(time.Date(2026, 11, 19, 16, 40, 0, 0, time.UTC)) {
		t.Errorf("an ISO time is read as %s", iso.CreatedAt)
	}
	if named := items[2]; named.URL != in.Host+"OPS-17" || named.ID <= 1<<52 {
		t.Errorf("%+v", named)
	}
	if bare := items[4]; bare.Type != "feature" || bare.Requester != "" || !bare.CreatedAt.IsZero() || bare.UpdatedAt.IsZero() {
		t.Errorf("%+v", bare)
	}
}

func TestItemsWithoutAnIDOrANameAreSkipped(t *testing.T) {
	t.Parallel()
	_, in := serve(t, sandbox.Mode{Items: []sandbox.Item{
		{Name: "no id"}, {ID: "1"}, {ID: "2", Name: "whole"}, {ID: "2", Name: "again"}, {ID: strings.Repeat("x", 256), Name: "long"}, {ID: "3", Name: " \n"},
	}})
	items, skipped, err := read(t.Context(), feed.New(feed.Config{}), in, "")
	if err != nil || len(items) != 1 || items[0].Subject != "whole" || skipped != 5 {
		t.Errorf("%+v, %d skipped, %v", items, skipped, err)
	}
}

func TestAnEmptyListIsNoFailure(t *testing.T) {
	t.Parallel()
	_, in := serve(t, sandbox.Mode{Items: []sandbox.Item{}})
	items, _, err := read(t.Context(), feed.New(feed.Config{}), in, "")
	if err != nil || len(items) != 0 {
		t.Errorf("%+v, %v", items, err)
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	for _, fault := range []sandbox.Fault{sandbox.FaultLatin1, sandbox.FaultUTF16} {
		_, in := serve(t, sandbox.Mode{Fault: fault})
		items, _, err := read(t.Context(), feed.New(feed.Config{}), in, "")
		if err != nil || len(items) != 1 || items[0].Subject != "Café" {
			t.Errorf("%s: %+v, %v", fault, items, err)
		}
	}
}

// short are limits that are reached soon; "many" needs no more of the usual one's bytes.
var short = feed.Limits{Bytes: 2 << 20}

// Whatever is wrong with a feed is said in a sentence, and how to fix it.
func TestFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode sandbox.Mode
		code tracker.Code
		says string
		// items is how many came before.
		items int
	}{
		"entities":     {sandbox.Mode{Fault: sandbox.FaultEntities}, tracker.CodeUnreadable, "defines entities of its own", 0},
		"encoding":     {sandbox.Mode{Fault: sandbox.FaultEncoding}, tracker.CodeUnreadable, "is not encoded as it says (line 3)", 0},
		"huge":         {sandbox.Mode{Fault: sandbox.FaultHuge}, tracker.CodeUnreadable, "is longer than 2 MB", 200},
		"gzip bomb":    {sandbox.Mode{Fault: sandbox.FaultBomb}, tracker.CodeUnreadable, "is longer than 2 MB", 200},
		"one text":     {sandbox.Mode{Fault: sandbox.FaultText}, tracker.CodeUnreadable, "has a text of more than 1 MB", 0},
		"cut":          {sandbox.Mode{Fault: sandbox.FaultCut}, tracker.CodeUnreadable, "ends before the list does", 1},
		"web page":     {sandbox.Mode{Fault: sandbox.FaultHTML}, tracker.CodeUnreadable, "is a web page", 0},
		"JSON":         {sandbox.Mode{Fault: sandbox.FaultJSON}, tracker.CodeUnreadable, "is not XML", 0},
		"other XML":    {sandbox.Mode{Fault: sandbox.FaultOther}, tracker.CodeUnreadable, "no list of external_stories", 0},
		"nothing":      {sandbox.Mode{Fault: sandbox.FaultEmpty}, tracker.CodeUnreadable, "is empty", 0},
		"deep":         {sandbox.Mode{Fault: sandbox.FaultDeep}, tracker.CodeUnreadable, "more than 32 levels deep", 0},
		"many":         {sandbox.Mode{Fault: sandbox.FaultMany}, tracker.CodeUnreadable, "lists more than 10000 items", 10_000},
		"no sign-in":   {sandbox.Mode{SignIn: true}, tracker.CodeUnauthorized, "wants a user name and a password (401)", 0},
		"not allowed":  {sandbox.Mode{Status: 403}, tracker.CodeForbidden, "does not allow", 0},
		"not there":    {sandbox.Mode{Status: 404}, tracker.CodeNotFound, "no feed at this address (404)", 0},
		"too many":     {sandbox.Mode{Status: 429, RetryAfter: "90"}, tracker.CodeLimited, "trying again in 1m30s", 0},
		"its problem":  {sandbox.Mode{Status: 503}, tracker.CodeUnavailable, "has a problem (503)", 0},
		"odd answer":   {sandbox.Mode{Status: 418}, tracker.CodeUnreadable, "answered 418 instead of the feed", 0},
		"in a circle":  {sandbox.Mode{Redirect: sandbox.Path}, tracker.CodeUnreadable, "again and again", 0},
		"to a file":    {sandbox.Mode{Redirect: "file:///etc/passwd"}, tracker.CodeUnreadable, "not a web address", 0},
		"out of reach": {sandbox.Mode{Redirect: "http://127.0.0.1:1/"}, tracker.CodeUnavailable, "nothing answers there", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, in := serve(t, c.mode)
			items, _, err := read(t.Context(), feed.New(feed.Config{Limits: short}), in, "")
			var e *tracker.Error
			if !errors.As(err, &e) || e.Code != c.code || !strings.Contains(e.Message, c.says) {
				t.Fatalf("%v (%s), want %q (%s)", err, tracker.CodeOf(err), c.says, c.code)
			}
			if len(items) < c.items-100 || len(items) > c.items+100 {
				t.Errorf("%d items came before, want about %d", len(items), c.items)
			}
			if len(e.Steps) == 0 && e.RetryAfter == 0 {
				t.Error("it does not say what to do")
			}
		})
	}
}

// Neither a large feed nor one that unfolds takes much memory: the items are passed on a
// hundred at a time.
func TestReadingTakesLittleMemory(t *testing.T) {
	const most = 16 << 20 // bytes, of what is held at one time
	for _, fault := range []sandbox.Fault{sandbox.FaultHuge, sandbox.FaultBomb, sandbox.FaultText, sandbox.FaultEntities, sandbox.FaultDeep} {
		_, in := serve(t, sandbox.Mode{Fault: fault})
		runtime.GC()
		var before, now runtime.MemStats
		runtime.ReadMemStats(&before)
		for _, err := range feed.New(feed.Config{Limits: short}).Items(t.Context(), in, "", "") {
			runtime.ReadMemStats(&now)
			if held := int64(now.HeapInuse) - int64(before.HeapInuse); held > most {
				t.Fatalf("%s: %d MB are held", fault, held>>20)
			}
			if err != nil {
				break
			}
		}
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	s, in := serve(t, sandbox.Mode{SignIn: true})
	in.Email, in.Auth = sandbox.User, tracker.AuthPassword
	if items, _, err := read(t.Context(), feed.New(feed.Config{}), in, sandbox.Password); err != nil || len(items) != 5 {
		t.Errorf("%d items, %v", len(items), err)
	}
	_, _, err := read(t.Context(), feed.New(feed.Config{}), in, "guess-4711")
	if tracker.CodeOf(err) != tracker.CodeUnauthorized || strings.Contains(err.Error(), "4711") {
		t.Errorf("a wrong password: %v", err)
	}
	if _, sent := s.Asked(); sent != 2 {
		t.Errorf("credentials were sent %d times", sent)
	}
}

// A redirect takes the credentials to no other host, not even to another port of this
// machine.
func TestRedirectsElsewhereTakeNoCredentials(t *testing.T) {
	t.Parallel()
	other, elsewhere := serve(t, sandbox.Mode{SignIn: true})
	s, in := serve(t, sandbox.Mode{Redirect: elsewhere.URL})
	in.Email = sandbox.User
	in.URL += "?key=4711"
	_, _, err := read(t.Context(), feed.New(feed.Config{}), in, sandbox.Password)
	if from := other.From(); from != "" {
		t.Errorf("the other host was told of %s", from)
	}
	if tracker.CodeOf(err) != tracker.CodeRefused || !strings.Contains(err.Error(), "which the password is not sent to") {
		t.Errorf("%v", err)
	}
	if asked, sent := other.Asked(); asked != 1 || sent != 0 {
		t.Errorf("the other host was asked %d times, %d of them with credentials", asked, sent)
	}
	if _, sent := s.Asked(); sent != 1 {
		t.Errorf("the feed's own host got credentials %d times", sent)
	}
	other.Set(sandbox.Mode{})
	if items, _, err := read(t.Context(), feed.New(feed.Config{}), in, sandbox.Password); err != nil || len(items) != 5 {
		t.Errorf("a feed elsewhere that is open to all: %d items, %v", len(items), err)
	}
}

// A password never goes where everybody can read it.
func TestPasswordsAreSentEncrypted(t *testing.T) {
	t.Parallel()
	in := tracker.Integration{Name: "Planner", URL: "http://feeds.example/stories.xml", Email: "ada"}
	_, _, err := read(t.Context(), feed.New(feed.Config{}), in, "pass-4711")
	if tracker.CodeOf(err) != tracker.CodeInvalid || !strings.Contains(err.Error(), "over https only") {
		t.Errorf("%v", err)
	}
}

// expiring is a context whose deadline passes when it is told so.
type expiring struct {
	context.Context
	passed chan struct{}
}

// Done implements context.Context.
func (c expiring) Done() <-chan struct{} { return c.passed }

// Err implements context.Context.
func (c expiring) Err() error {
	select {
	case <-c.passed:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// hearing calls told for each line of a log.
type hearing struct {
	slog.Handler
	told func()
}

// Enabled implements slog.Handler.
func (hearing) Enabled(context.Context, slog.Level) bool { return true }

// Handle implements slog.Handler.
func (h hearing) Handle(context.Context, slog.Record) error {
	h.told()
	return nil
}

// A feed that does not answer is given up, and one that stops in the middle when its time
// is up: here when the answer has begun.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	_, in := serve(t, sandbox.Mode{Fault: sandbox.FaultSilence})
	_, _, err := read(t.Context(), feed.New(feed.Config{Timeout: 50 * time.Millisecond}), in, "")
	if tracker.CodeOf(err) != tracker.CodeUnavailable || !strings.Contains(err.Error(), "did not answer in time") {
		t.Errorf("silence: %v", err)
	}
	_, in = serve(t, sandbox.Mode{Fault: sandbox.FaultStall})
	ctx := expiring{t.Context(), make(chan struct{})}
	log := slog.New(hearing{slog.DiscardHandler, sync.OnceFunc(func() { close(ctx.passed) })})
	_, _, err = read(ctx, feed.New(feed.Config{Log: log}), in, "")
	if tracker.CodeOf(err) != tracker.CodeUnavailable || !strings.Contains(err.Error(), "did not send the whole feed in time") {
		t.Errorf("a feed that stops: %v", err)
	}
}

// A feed that is as it was is not sent again.
func TestAnUnchangedFeed(t *testing.T) {
	t.Parallel()
	const since = "Fri, 27 Nov 2026 10:00:00 GMT"
	for name, m := range map[string]sandbox.Mode{"by its tag": {}, "by its date": {Modified: since}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, in := serve(t, m)
			c := feed.New(feed.Config{})
			pages := func(since kind.Version) (list []kind.Page) {
				for page, err := range c.Items(t.Context(), in, "", since) {
					if err != nil {
						t.Fatal(err)
					}
					list = append(list, page)
				}
				return list
			}
			first := pages("")
			if len(first) != 1 || first[0].Version == "" || first[0].Unchanged || len(first[0].Items) != 5 {
				t.Fatalf("%+v", first)
			}
			again := pages(first[0].Version)
			if len(again) != 1 || !again[0].Unchanged || again[0].Version != first[0].Version || len(again[0].Items) > 0 || s.Unchanged() != 1 {
				t.Errorf("%+v, %d", again, s.Unchanged())
			}
			m.Items, m.Modified = sandbox.Usual()[:2], ""
			s.Set(m)
			if other := pages(first[0].Version); len(other) != 1 || other[0].Unchanged || len(other[0].Items) != 2 || other[0].Version == first[0].Version {
				t.Errorf("%+v", other)
			}
		})
	}
}

// Nobody asked whether it has changed: an answer that says so is none.
func TestNotModifiedUnasked(t *testing.T) {
	t.Parallel()
	_, in := serve(t, sandbox.Mode{Status: 304})
	if _, _, err := read(t.Context(), feed.New(feed.Config{}), in, ""); tracker.CodeOf(err) != tracker.CodeUnreadable {
		t.Error(err)
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	c := feed.New(feed.Config{})
	for text, want := range map[string]string{
		"https://acme.com/stories.xml":         "https://acme.com/stories.xml",
		" acme.com/stories.xml?key=1#top ":     "https://acme.com/stories.xml?key=1",
		"HTTP://10.0.0.7:8080/x":               "http://10.0.0.7:8080/x",
		"":                                     "!enter the address",
		"two words":                            "!is not an address",
		"https://ada:pass@acme.com/":           "!have fields of their own",
		"ftp://acme.com/":                      "!use https:// or http://",
		"https:///stories.xml":                 "!is not an address",
		"https://" + strings.Repeat("x", 2000): "!at most 2000",
	} {
		got, err := c.Address(text)
		if says, bad := strings.CutPrefix(want, "!"); bad {
			var e *tracker.Error
			if !errors.As(err, &e) || e.Field != "url" || !strings.Contains(e.Message, says) || strings.Contains(e.Message, "pass@") {
				t.Errorf("%q: %q, %v", text, got, err)
			}
		} else if got != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"https://acme.com/issues": "https://acme.com/issues/", "https://acme.com/issues//": "https://acme.com/issues/", "acme.com": "https://acme.com/",
		"https://acme.com/show?id=": "https://acme.com/show?id=",
	} {
		if got, err := c.Base(text); got != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", text, got, err, want)
		}
	}
	if err := c.CheckSignIn("http://acme.com/"); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("%v", err)
	}
	for _, ok := range []string{"https://acme.com/", "http://127.0.0.1:8080/", "http://localhost/"} {
		if err := c.CheckSignIn(ok); err != nil {
			t.Errorf("%s: %v", ok, err)
		}
	}
}
