package setting

import (
	"cmp"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/setting"
)

// commands are the commands on settings.
type commands struct{ runner }

// Group returns the commands on settings.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	return usage.Group("setting", "Settings: theme, motion and other options", c.list(), c.get(), c.set(), c.reset())
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

func settings() output.Presenter[session.Setting] {
	return output.Presenter[session.Setting]{
		None: "no settings",
		Record: func(s session.Setting) any {
			return settingRecord{s.Name, s.Value, s.From, s.Default, append([]string{}, s.Values...), s.Env, s.Meaning}
		},
		Columns: []string{"SETTING", "VALUE", "FROM", "VALUES", "MEANING"},
		Cells: func(s session.Setting) []string {
			return []string{s.Name, s.Value, s.Source(), strings.Join(s.Values, " "), s.Meaning}
		},
		Summary: func(s session.Setting) string {
			line := s.Name + " is " + cmp.Or(s.Value, "not set")
			if s.From == setting.SourceEnvironment {
				line += ", as $" + s.Env + " says"
			}
			return line
		},
	}
}

func (c commands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the settings with their values", Example: "storydesk setting list", Args: usage.Takes(),
		Long: `List the settings with their values. Environment variables override saved
settings, which override the defaults; FROM shows which one applies.`,
		RunE: c.With(func(ctx context.Context, s *opened, _ []string) error {
			var list []session.Setting
			for _, setting := range setting.All() {
				h, err := s.Effective(ctx, setting)
				if err != nil {
					return err
				}
				list = append(list, h)
			}
			return output.List(c.Printer(), settings(), list)
		}),
	}
}

func (c commands) get() *cobra.Command {
	cmd := &cobra.Command{
		Use: "get SETTING", Short: "Print the value of a setting", Example: "storydesk setting get theme",
		Args: usage.Takes("setting"), ValidArgs: settingNames(),
	}
	cmd.RunE = c.onOne(func(ctx context.Context, s *opened, setting setting.Setting, _ []string) error {
		h, err := s.Effective(ctx, setting)
		if err != nil {
			return err
		}
		p := settings()
		p.Summary = func(h session.Setting) string { return h.Value }
		return output.Object(c.Printer(), p, h)
	})
	return cmd
}

func (c commands) set() *cobra.Command {
	cmd := &cobra.Command{
		Use: "set SETTING VALUE", Short: "Change a setting", Args: usage.Takes("setting", "value"), ValidArgsFunction: offerSetting,
		Example: "storydesk setting set theme high-contrast\nstorydesk setting set view_budget 3m",
	}
	cmd.RunE = c.onOne(func(ctx context.Context, s *opened, setting setting.Setting, args []string) error {
		value, err := setting.Parse(args[0])
		if err != nil {
			return err
		}
		return c.keep(ctx, s, setting, value)
	})
	return cmd
}

func (c commands) reset() *cobra.Command {
	cmd := &cobra.Command{
		Use: "reset SETTING", Short: "Restore the default",
		Example: "storydesk setting reset theme", Args: usage.Takes("setting"), ValidArgs: settingNames(),
	}
	cmd.RunE = c.onOne(func(ctx context.Context, s *opened, setting setting.Setting, _ []string) error {
		return c.keep(ctx, s, setting, "")
	})
	return cmd
}

// onOne finds the setting that the first argument names.
func (c commands) onOne(do func(ctx context.Context, s *opened, setting setting.Setting, args []string) error) func(*cobra.Command, []string) error {
	return c.With(func(ctx context.Context, s *opened, args []string) error {
		setting, err := setting.Find(args[0])
		if err != nil {
			return err
		}
		return do(ctx, s, s.Known(setting), args[1:])
	})
}

// keep saves a value, or removes it when it is empty, and prints the value in force.
func (c commands) keep(ctx context.Context, s *opened, setting setting.Setting, value string) error {
	save := func() error { return s.Service.Settings.SaveSetting(ctx, setting.Name, value) }
	if setting.Name == tracker.SettingUser && value != "" {
		save = func() error { return s.Service.Settings.SetUser(ctx, value) }
	}
	if err := save(); err != nil {
		return err
	}
	h, err := s.Effective(ctx, setting)
	if err != nil {
		return err
	}
	return output.Object(c.Printer(), settings(), h)
}

// offerSetting completes a setting, then its value where only some are taken.
func offerSetting(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) == 1 {
		if setting, err := setting.Find(args[0]); err == nil {
			return setting.Values, cobra.ShellCompDirectiveNoFileComp
		}
	}
	return usage.OfferFirst(settingNames())(cmd, args, typed)
}

func settingNames() []string {
	var list []string
	for _, s := range setting.All() {
		list = append(list, s.Name)
	}
	return list
}
