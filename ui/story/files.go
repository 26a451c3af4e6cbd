package story

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// files writes the attachments; nothing where there are none.
func (s *sheet) files() {
	list := s.Parts.Files
	if len(list) == 0 {
		return
	}
	s.w.Rule(fmt.Sprintf("Attachments %d", len(list)))
	for _, f := range list {
		first := len(s.w.Lines)
		s.w.Facts([]draw.Run{{Role: theme.Accent, Text: draw.Line(f.Name)}}, draw.Run{Role: theme.Muted, Text: draw.JoinFacts(" · ", present.FileSize(f.Size), draw.Line(f.Author))})
		s.w.LinkFrom(first, editPart{aFile, int64(f.ID)})
	}
}

// carried names the attachments that a comment carries.
func (s *sheet) carried(c tracker.Comment, indent string) {
	for _, f := range present.CarriedBy(c.ID, s.Parts.Files) {
		s.w.Facts([]draw.Run{{Role: theme.Muted, Text: indent + "with "}, {Role: theme.Accent, Text: draw.Line(f.Name)}}, draw.Run{Role: theme.Muted, Text: present.FileSize(f.Size)})
		s.w.Link(editPart{aFile, int64(f.ID)})
	}
}

func (p *parts) fileAt(at editPart) (tracker.StoryFile, bool) {
	for _, f := range p.read().Parts.Files {
		if at == (editPart{aFile, int64(f.ID)}) {
			return f, true
		}
	}
	return tracker.StoryFile{}, false
}

// addFile asks for a file and attaches it.
func (p *parts) addFile() tea.Cmd {
	story := p.latest().ID
	prompt := dialog.NewPathPrompt(p.Host, fmt.Sprintf("Attach to %s", story), p.path, dialog.AnyFile, func(typed string) tea.Cmd {
		p.path = typed
		path := dialog.UserPath(p.Host, typed)
		if path == "" {
			return nil
		}
		return p.change("", func(ctx context.Context, s Parts) error {
			_, err := s.AddFiles(ctx, story, []string{path})
			return err
		})
	})
	prompt.Hint = "a path such as ~/invoice.pdf  tab completes"
	return p.Open(prompt, pane.Line)
}

// useFile asks what to do with an attachment.
func (p *parts) useFile(f tracker.StoryFile) tea.Cmd {
	rows := []dialog.Choice{
		{Text: "Open", Note: "with the system's program"},
		{Text: "Save a copy"},
		{Text: "Send with a comment", Note: "to the tickets"},
		{Text: "Remove"},
	}
	do := []func(tracker.StoryFile) tea.Cmd{p.showFile, p.saveFile, p.sendFile, p.removeFile}
	return p.Open(dialog.NewChooser(p.Host, draw.Line(f.Name), rows, func(i int) tea.Cmd { return do[i](f) }), pane.Overlay)
}

// showFile opens a copy of an attachment, as links are opened.
func (p *parts) showFile(f tracker.StoryFile) tea.Cmd {
	service, browse := p.Service.Parts, p.OpenBrowser
	return p.Do(func(ctx context.Context) tea.Msg {
		path, err := service.ShowFile(ctx, f.StoryID, f.ID)
		if err == nil {
			if opened := browse(path); opened != nil {
				err = fmt.Errorf("%s could not be opened: %w; a copy of it is in %s", f.Name, opened, path)
			}
		}
		return pane.Done{Said: "Opened " + f.Name, Err: err}
	})
}

// saveFile asks where to save a copy.
func (p *parts) saveFile(f tracker.StoryFile) tea.Cmd {
	prompt := dialog.NewPathPrompt(p.Host, "Save a copy as", f.Name, dialog.AnyFile, func(to string) tea.Cmd {
		if to = dialog.UserPath(p.Host, to); to == "" {
			return nil
		}
		service := p.Service.Parts
		return p.Do(func(ctx context.Context) tea.Msg {
			_, err := service.ExportFile(ctx, f.StoryID, f.ID, to, false)
			return pane.Done{Said: fmt.Sprintf("%s saved to %s", f.Name, to), Err: err}
		})
	})
	prompt.Reads = true // nothing is saved in the database
	return p.Open(prompt, pane.Line)
}

// sendFile begins a comment that carries an attachment.
func (p *parts) sendFile(f tracker.StoryFile) tea.Cmd { return p.compose(f) }

func (p *parts) removeFile(f tracker.StoryFile) tea.Cmd {
	return p.change("", func(ctx context.Context, s Parts) error { return s.RemoveFile(ctx, f.StoryID, f.ID) })
}
