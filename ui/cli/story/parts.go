package story

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/usage"
)

// partCommands are the commands on what hangs on a story.
type partCommands struct{ commands }

func (c partCommands) blockers() *cobra.Command {
	return usage.Group("blocker", "What a story waits for; nothing of it is sent to tickets",
		c.on("add STORY TEXT", "Say what a story waits for: a text, or another story by its number",
			"blocker add 14 \"an API key\"\nstorydesk story blocker add 14 S-9", "", []string{"text"},
			func(ctx context.Context, s *opened, at partPath) error {
				_, err := s.Service.Parts.AddBlocker(ctx, at.story, at.text[0])
				return err
			}),
		c.on("edit STORY BLOCKER TEXT", "Change the text of a blocker", `blocker edit 14 3 "two API keys"`, "blocker", []string{"text"},
			func(ctx context.Context, s *opened, at partPath) error {
				return s.Service.Parts.EditBlocker(ctx, at.story, tracker.BlockerID(at.part), at.text[0])
			}),
		c.on("resolve STORY BLOCKER", "Resolve a blocker", "blocker resolve 14 3", "blocker", nil,
			func(ctx context.Context, s *opened, at partPath) error {
				return s.Service.Parts.ResolveBlocker(ctx, at.story, tracker.BlockerID(at.part), true)
			}),
		c.on("reopen STORY BLOCKER", "Reopen a blocker that was resolved", "blocker reopen 14 3", "blocker", nil,
			func(ctx context.Context, s *opened, at partPath) error {
				return s.Service.Parts.ResolveBlocker(ctx, at.story, tracker.BlockerID(at.part), false)
			}),
		c.on("remove STORY BLOCKER", "Remove a blocker", "blocker remove 14 3", "blocker", nil,
			func(ctx context.Context, s *opened, at partPath) error {
				return s.Service.Parts.RemoveBlocker(ctx, at.story, tracker.BlockerID(at.part))
			}),
	)
}

func (c partCommands) reviews() *cobra.Command {
	var reviewer string
	add := c.on("add STORY TYPE", "Ask for a review: "+tracker.OneOf(tracker.ReviewTypes())+", or any other word", "review add 14 code --reviewer Ben", "", []string{"type"},
		func(ctx context.Context, s *opened, at partPath) error {
			_, err := s.Service.Parts.AddReview(ctx, at.story, at.text[0], reviewer)
			return err
		})
	add.Flags().StringVar(&reviewer, "reviewer", "", "who reviews it")
	return usage.Group("review", "Reviews of a story; nothing of them is sent to tickets",
		add,
		c.on("status STORY REVIEW STATUS", "Say how far a review is: "+tracker.OneOf(tracker.ReviewStatuses()), "review status 14 3 pass", "review", []string{"status"},
			func(ctx context.Context, s *opened, at partPath) error {
				return s.Service.Parts.SetReview(ctx, at.story, tracker.ReviewID(at.part), tracker.ReviewStatus(strings.ToLower(at.text[0])))
			}),
		c.on("assign STORY REVIEW REVIEWER", "Give a review to somebody, or to nobody with an empty name", "review assign 14 3 Ben", "review", []string{"reviewer"},
			func(ctx context.Context, s *opened, at partPath) error {
				return s.Service.Parts.AssignReview(ctx, at.story, tracker.ReviewID(at.part), at.text[0])
			}),
		c.on("remove STORY REVIEW", "Remove a review", "review remove 14 3", "review", nil,
			func(ctx context.Context, s *opened, at partPath) error {
				return s.Service.Parts.RemoveReview(ctx, at.story, tracker.ReviewID(at.part))
			}),
	)
}

// follow makes the acting user, or others, follow a story, or no longer.
func (c partCommands) follow(follows bool) *cobra.Command {
	use, short := "follow STORY", "Follow a story"
	if !follows {
		use, short = "unfollow STORY", "Follow a story no longer"
	}
	return c.on(use, short, strings.Fields(use)[0]+" 14", "", nil, func(ctx context.Context, s *opened, at partPath) error {
		return s.Service.Parts.Follow(ctx, at.story, follows)
	})
}

// partPath names a part of a story; text are the arguments behind it.
type partPath struct {
	story tracker.StoryID
	part  int64
	text  []string
}

// on is a command on a story, or on a part of it where that has a name; more names the
// arguments behind it. It prints the story with all that belongs to it.
func (c partCommands) on(use, short, example, part string, more []string, do func(ctx context.Context, s *opened, at partPath) error) *cobra.Command {
	names := []string{"story"}
	if part != "" {
		names = append(names, part)
	}
	return &cobra.Command{
		Use: use, Short: short, Example: "storydesk story " + example, Args: usage.Takes(append(names, more...)...),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) (err error) {
			at := partPath{text: args[len(names):]}
			if at.story, err = tracker.ParseStoryID(args[0]); err != nil {
				return err
			}
			if part != "" {
				if at.part, err = strconv.ParseInt(strings.TrimSpace(args[1]), 10, 64); err != nil || at.part <= 0 {
					return tracker.Invalid(part, "%q is not a %s: give its number, as `storydesk story show` prints it", args[1], part)
				}
			}
			if err := do(ctx, s, at); err != nil {
				return err
			}
			return c.printWhole(ctx, s, at.story)
		}),
	}
}

// partSections are what hangs on a story, in the sections of its sheet.
func partSections(p tracker.Parts) []output.Field {
	var blockers, reviews strings.Builder
	for _, b := range p.Blockers {
		box := tracker.Task{Done: b.Resolved()}.Box()
		text := b.Text
		if b.By != 0 && text == b.By.String() {
			text = strings.TrimSpace(text + " " + b.Other)
		}
		fmt.Fprintf(&blockers, "%d %s %s (%s, %s)\n", b.ID, box, text, b.Author, output.Moment(b.CreatedAt))
	}
	for _, b := range p.Blocks {
		fmt.Fprintf(&blockers, "blocks %s %s\n", b.StoryID, b.Other)
	}
	for _, v := range p.Reviews {
		who := ""
		if v.Reviewer != "" {
			who = " by " + v.Reviewer
		}
		fmt.Fprintf(&reviews, "%d %s%s: %s\n", v.ID, v.Type, who, v.Status.Words())
	}
	return []output.Field{{"Blockers", blockers.String()}, {"Reviews", reviews.String()}, {"Attachments", fileLines(p.Files)}}
}
