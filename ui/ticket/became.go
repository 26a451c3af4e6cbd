package ticket

import (
	"cmp"
	"fmt"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/wording"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// How many deliveries and changes of the ticket are listed, the newest; fewer in a
// preview.
const (
	sentLines  = 6
	briefLines = 3
)

// writeBecame says what became of the ticket: what was sent to it and when, and what
// happened on it since it was linked. Its stories stand above, what was said below.
func writeBecame(p *Pane, w *document.Writer, d *tracker.TicketDetail) {
	most := sentLines
	if p.brief {
		most = briefLines
	}
	writeSent(w, p.carriers, p.Now(), d.Deliveries, most)
	if len(d.Events) == 0 {
		return
	}
	w.Rule(draw.JoinFacts(" · ", "Since it was linked", commentCount(d.Events)))
	for i, n := len(d.Events)-1, 0; i >= 0 && n < most; i-- {
		if e := d.Events[i]; e.Kind != tracker.EventComment {
			w.Facts([]draw.Run{{Role: theme.Text, Text: present.EventChange(e)}}, draw.Run{Role: theme.Muted, Text: present.Clock(e.At, p.Now())})
			n++
		}
	}
}

// writeSent lists the newest deliveries with where they stand.
func writeSent(w *document.Writer, carriers present.Carriers, now time.Time, deliveries []tracker.Delivery, most int) {
	if len(deliveries) == 0 {
		return
	}
	w.Rule(fmt.Sprintf("Deliveries %d", len(deliveries)))
	for _, sent := range deliveries[:min(most, len(deliveries))] {
		glyph, role := present.DeliveryMark(sent.State)
		_, what := wording.Change(sent)
		if sent.Kind == tracker.KindComment && what != "" {
			what = "“" + what + "”"
		}
		w.Facts([]draw.Run{
			{Role: role, Text: w.Theme.Glyph(glyph) + " "}, {Role: theme.Accent, Text: sent.StoryID.String() + " "}, {Role: theme.Text, Text: cmp.Or(draw.Line(what), string(sent.Kind))},
		}, draw.Run{Role: theme.Muted, Text: cmp.Or(draw.Line(present.DeliveryWords(sent, carriers.Held(sent), now)), string(sent.State))})
		w.Link(intent.OpenStory{ID: sent.StoryID})
	}
	if n := len(deliveries) - most; n > 0 {
		w.Line([]draw.Run{{Role: theme.Muted, Text: fmt.Sprintf("… and %d older", n)}})
	}
}

// commentCount says how many comments there were, and how many of them by the customer.
func commentCount(events []tracker.TicketEvent) string {
	all, customer := 0, 0
	for _, e := range events {
		if e.Kind == tracker.EventComment {
			all++
		}
		if e.FromCustomer() {
			customer++
		}
	}
	if all == 0 {
		return ""
	}
	return present.Counted(all, "comment", "comments") + setting.When(customer > 0, fmt.Sprintf(", %d by the customer", customer))
}
