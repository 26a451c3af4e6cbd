package sandbox_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"storydesk/zendesk/sandbox"
)

// Files of comments have their size, and open in a browser on this
// computer without a sign-in.
func TestFilesOfComments(t *testing.T) {
	d := open(t, sandbox.Options{})
	var listing struct {
		Comments []sandbox.Comment `json:"comments"`
	}
	d.get("/api/v2/tickets/1047/comments", &listing)
	if len(listing.Comments) != 1 || len(listing.Comments[0].Attachments) != 2 {
		t.Fatalf("%+v", listing)
	}
	file := listing.Comments[0].Attachments[1]
	if file.FileName != "shipments-october.csv" || file.Size != 1873224 || !strings.HasPrefix(file.ContentURL, d.url+"/attachments/") {
		t.Errorf("%+v", file)
	}
	resp, err := http.Get(file.ContentURL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.HasPrefix(string(text), "This is a file of a made-up help desk") {
		t.Errorf("%d %q, %v", resp.StatusCode, text, err)
	}
	if contentURL := d.Comments(1047)[0].Attachments[1].ContentURL; !strings.HasPrefix(contentURL, "https://"+sandbox.CanonicalHost+"/") {
		t.Errorf("the record itself leads to %s", contentURL)
	}
}

// The written-out tickets hold what people put into mails.
func TestSeedHoldsWhatMailsHold(t *testing.T) {
	d := open(t, sandbox.Options{})
	var all strings.Builder
	files := 0
	for _, ticket := range seeded(d) {
		for _, c := range d.Comments(ticket.ID) {
			all.WriteString(c.HTMLBody)
			files += len(c.Attachments)
		}
	}
	for _, markup := range []string{"<blockquote>", "<table>", "<pre>", "<code>", "<ol>", "<a href="} {
		if !strings.Contains(all.String(), markup) {
			t.Errorf("no %s", markup)
		}
	}
	if files < 10 {
		t.Errorf("%d files", files)
	}
}

// The plain text of a table separates its rows and its cells.
func TestPlainTextOfATable(t *testing.T) {
	d := open(t, sandbox.Options{})
	ticket, _ := d.Ticket(1047)
	if want := "period rows answer\nAugust 9,412 200 after 21 s\nSeptember 10,066 504 after 30 s\n"; !strings.Contains(ticket.Description, want) {
		t.Errorf("the description is\n%s", ticket.Description)
	}
}
