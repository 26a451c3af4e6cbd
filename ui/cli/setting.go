package cli

import (
	"cmp"
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/setting"
)

// settingCommands are the commands on settings.
type settingCommands struct{ *app }

func (c settingCommands) group() *cobra.Command {
	return group("setting", "Settings: theme, motion and other options", c.list(), c.get(), c.set(), c.reset())
}

// heldSetting is a setting with the value that holds.
type heldSetting struct {
	setting.Setting
	value string
	from  setting.Source
}

type settingRecord struct {
	Name     string         `json:"name"`
	Value    string         `json:"value"`
	From     setting.Source `json:"from"`
	Default  string         `json:"default"`
	Values   []string       `json:"values"`
	Variable string         `json:"variable"`
	Meaning  string         `json:"meaning"`
}

func settings() output.Presenter[heldSetting] {
	return output.Presenter[heldSetting]{
		None: "no settings",
		Record: func(s heldSetting) any {
			return settingRecord{s.Name, s.value, s.from, s.Default, append([]string{}, s.Values...), s.Env, s.Meaning}
		},
		Columns: []string{"SETTING", "VALUE", "FROM", "VALUES", "MEANING"},
		Cells: func(s heldSetting) []string {
			return []string{s.Name, s.value, s.source(), strings.Join(s.Values, " "), s.Meaning}
		},
		Summary: func(s heldSetting) string {
			line := s.Name + " is " + cmp.Or(s.value, "not set")
			if s.from == setting.SourceEnvironment {
				line += ", as $" + s.Env + " says"
			}
			return line
		},
	}
}

func (s heldSetting) source() string {
	if s.from == setting.SourceEnvironment {
		return "$" + s.Env
	}
	return string(s.from)
}

// held finds out what holds for a setting.
func held(ctx context.Context, s *session, setting setting.Setting) (heldSetting, error) {
	kept, err := s.Settings.Setting(ctx, setting.Name)
	if err != nil {
		return heldSetting{}, err
	}
	value, from, err := setting.Choose(os.Getenv, kept)
	return heldSetting{setting, value, from}, err
}

func (c settingCommands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the settings with their values", Args: takes(),
		Long: `List the settings with their values. Environment variables override saved
settings, which override the defaults; FROM shows which one applies.`,
		RunE: c.with(func(ctx context.Context, s *session, _ []string) error {
			var list []heldSetting
			for _, setting := range setting.All() {
				h, err := held(ctx, s, setting)
				if err != nil {
					return err
				}
				list = append(list, h)
			}
			return output.List(c.out(), settings(), list)
		}),
	}
}

func (c settingCommands) get() *cobra.Command {
	cmd := &cobra.Command{
		Use: "get SETTING", Short: "Print the value of a setting", Example: "storydesk setting get theme",
		Args: takes("setting"), ValidArgs: settingNames(),
	}
	cmd.RunE = c.onOne(func(ctx context.Context, s *session, setting setting.Setting, _ []string) error {
		h, err := held(ctx, s, setting)
		if err != nil {
			return err
		}
		p := settings()
		p.Summary = func(h heldSetting) string { return h.value }
		return output.Object(c.out(), p, h)
	})
	return cmd
}

func (c settingCommands) set() *cobra.Command {
	cmd := &cobra.Command{
		Use: "set SETTING VALUE", Short: "Change a setting", Args: takes("setting", "value"), ValidArgsFunction: offerSetting,
		Example: "storydesk setting set theme high-contrast\nstorydesk setting set view_budget 3m",
	}
	cmd.RunE = c.onOne(func(ctx context.Context, s *session, setting setting.Setting, args []string) error {
		value, err := setting.Parse(args[0])
		if err != nil {
			return err
		}
		return c.keep(ctx, s, setting, value)
	})
	return cmd
}

func (c settingCommands) reset() *cobra.Command {
	cmd := &cobra.Command{
		Use: "reset SETTING", Short: "Restore the default",
		Example: "storydesk setting reset theme", Args: takes("setting"), ValidArgs: settingNames(),
	}
	cmd.RunE = c.onOne(func(ctx context.Context, s *session, setting setting.Setting, _ []string) error {
		return c.keep(ctx, s, setting, "")
	})
	return cmd
}

// onOne finds the setting that the first argument names.
func (c settingCommands) onOne(do func(ctx context.Context, s *session, setting setting.Setting, args []string) error) func(*cobra.Command, []string) error {
	return c.with(func(ctx context.Context, s *session, args []string) error {
		setting, err := setting.Find(args[0])
		if err != nil {
			return err
		}
		return do(ctx, s, setting, args[1:])
	})
}

// keep keeps a value, or none when it is empty, and tells what holds then.
func (c settingCommands) keep(ctx context.Context, s *session, setting setting.Setting, value string) error {
	save := func() error { return s.Settings.SaveSetting(ctx, setting.Name, value) }
	if setting.Name == tracker.SettingUser && value != "" {
		save = func() error { return s.Settings.SetUser(ctx, value) }
	}
	if err := save(); err != nil {
		return err
	}
	h, err := held(ctx, s, setting)
	if err != nil {
		return err
	}
	return output.Object(c.out(), settings(), h)
}

// offerSetting completes a setting, then its value where only some are taken.
func offerSetting(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) == 1 {
		if setting, err := setting.Find(args[0]); err == nil {
			return setting.Values, cobra.ShellCompDirectiveNoFileComp
		}
	}
	return offerFirst(settingNames())(cmd, args, typed)
}

func settingNames() []string {
	var list []string
	for _, s := range setting.All() {
		list = append(list, s.Name)
	}
	return list
}
