package keys

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/keymap"
)

// commands are the commands on the board's keys.
type commands struct{ runner }

// Group returns the commands on the board's keys.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	return usage.Group("keys", "Keys: the board's keyboard shortcuts", c.list(), c.set(), c.reset(), c.check())
}

// noKey is how people take an action's keys away.
const noKey = "none"

type keyRecord struct {
	Action  string   `json:"action"`
	Where   string   `json:"where"`
	Keys    []string `json:"keys"`
	Default []string `json:"default"`
	Help    string   `json:"help"`
}

func keyBindings() output.Presenter[keymap.KeyBinding] {
	return output.Presenter[keymap.KeyBinding]{
		None: "no keys",
		Record: func(b keymap.KeyBinding) any {
			return keyRecord{b.Action, b.Where, append([]string{}, b.Keys...), b.Default, b.Help}
		},
		Columns: []string{"ACTION", "KEYS", "DEFAULT", "MEANING"},
		Cells: func(b keymap.KeyBinding) []string {
			usual := ""
			if !slices.Equal(b.Keys, b.Default) {
				usual = strings.Join(b.Default, " ")
			}
			return []string{b.Action, strings.Join(b.Keys, " "), usual, b.Help}
		},
		Summary: func(b keymap.KeyBinding) string {
			keys := strings.Join(b.Keys, " ")
			if keys == "" {
				keys = "no key"
			}
			return fmt.Sprintf("%s: %s (%s)", b.Action, keys, b.Help)
		},
	}
}

// keys reads the keys that the user chose, as far as they fit.
func keys(ctx context.Context, s *opened) (keymap.Keys, []error, error) {
	saved, err := s.Service.Settings.Setting(ctx, keymap.Setting)
	if err != nil {
		return keymap.Keys{}, nil, err
	}
	keys, problems := ui.ReadKeys(saved)
	return keys, problems, nil
}

func (c commands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the actions with their keys", Example: "storydesk keys list", Args: usage.Takes(),
		Long: `List the actions with their keys. ACTION is the name that storydesk keys set
expects: where the key works, and what it does. DEFAULT shows the default keys of
actions that you changed.`,
		RunE: c.With(func(ctx context.Context, s *opened, _ []string) error {
			keys, _, err := keys(ctx, s)
			if err != nil {
				return err
			}
			return output.List(c.Printer(), keyBindings(), keys.Bindings())
		}),
	}
}

func (c commands) set() *cobra.Command {
	return &cobra.Command{
		Use: "set ACTION KEY...", Short: "Change an action's keys",
		Long: `Give an action other keys in place of those it has. KEY is a sign such as u or
?, a name such as enter, esc, f2 or pgdown, or one of them after ctrl+, alt+ or
shift+; none takes the keys away. A key that already means something else in the
same place is refused. A running board follows within a second.`,
		Example: "storydesk keys set undo u f2\nstorydesk keys set board/open o enter",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usage.Missing(cmd, []string{"action", "key"}[len(args)])
			}
			return nil
		},
		ValidArgs: actionNames(),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			keys := args[1:]
			if slices.Equal(keys, []string{noKey}) {
				keys = nil
			}
			return c.change(ctx, s, args[0], func(k keymap.Keys) (keymap.Keys, error) { return k.Set(args[0], keys) })
		}),
	}
}

func (c commands) reset() *cobra.Command {
	return &cobra.Command{
		Use: "reset [ACTION]", Short: "Restore the default keys of one action or all",
		Example: "storydesk keys reset undo",
		Args:    func(cmd *cobra.Command, args []string) error { return usage.AtMost(cmd, args, 1) }, ValidArgs: actionNames(),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			name := strings.Join(args, "")
			return c.change(ctx, s, name, func(k keymap.Keys) (keymap.Keys, error) { return k.Reset(name) })
		}),
	}
}

// change saves keys and prints the action's, or all.
func (c commands) change(ctx context.Context, s *opened, name string, change func(keymap.Keys) (keymap.Keys, error)) error {
	keys, _, err := keys(ctx, s)
	if err != nil {
		return err
	}
	if keys, err = change(keys); err != nil {
		return err
	}
	if err := s.Service.Settings.SaveSetting(ctx, keymap.Setting, keys.String()); err != nil {
		return err
	}
	list := keys.Bindings()
	if name == "" {
		return output.List(c.Printer(), keyBindings(), list)
	}
	i := slices.IndexFunc(list, func(b keymap.KeyBinding) bool { return b.Action == name || strings.HasSuffix(b.Action, "/"+name) })
	return output.Object(c.Printer(), keyBindings(), list[i])
}

func (c commands) check() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "Check your custom keys", Example: "storydesk keys check", Args: usage.Takes(),
		Long: `Check your custom keys. The board ignores those that do not work, such as keys of
an action that only another version has.`,
		RunE: c.With(func(ctx context.Context, s *opened, _ []string) error {
			keys, problems, err := keys(ctx, s)
			if err != nil {
				return err
			}
			if len(problems) > 0 {
				return tracker.Errorf(tracker.CodeConflict, "%w", errors.Join(problems...))
			}
			chosen := 0
			for _, b := range keys.Bindings() {
				if !slices.Equal(b.Keys, b.Default) {
					chosen++
				}
			}
			if c.Flags.JSON {
				return c.Printer().JSON(map[string]any{"ok": true, "chosen": chosen})
			}
			return c.Printer().Line(fmt.Sprintf("all keys work; actions with custom keys: %d", chosen))
		}),
	}
}

func actionNames() []string {
	var list []string
	for _, b := range (keymap.Keys{}).Bindings() {
		list = append(list, b.Action)
	}
	return list
}
