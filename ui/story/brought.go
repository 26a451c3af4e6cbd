package story

import (
	"net/url"

	"storydesk/ui/draw"
	"storydesk/ui/theme"
)

// browseAddress asks to show the address of a pull request or a branch in the browser.
type browseAddress struct{ url string }

// IsIntent marks an intent.
func (browseAddress) IsIntent() {}

// brought writes what the story brought along from where it was imported.
func (s *sheet) brought() {
	b := s.Brought
	if b.Empty() {
		return
	}
	s.w.Rule("Imported with it")
	line := func(label, text string) {
		first := len(s.w.Lines)
		s.w.Paragraph([]draw.Run{{Role: theme.Muted, Text: label}}, theme.Text, draw.Line(text))
		if address, err := url.Parse(text); err == nil && address.Host != "" && (address.Scheme == "https" || address.Scheme == "http") {
			s.w.LinkFrom(first, browseAddress{text})
		}
	}
	if b.Priority != "" {
		line("Priority      ", b.Priority)
	}
	for _, text := range b.PullRequests {
		line("Pull request  ", text)
	}
	for _, text := range b.Branches {
		line("Branch        ", text)
	}
}
