package project

import (
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"storydesk/tracker"
	"storydesk/ui/cli/usage"
	"storydesk/ui/projectsetting"
)

// settingFlag is a setting as a flag.
type settingFlag struct {
	setting projectsetting.Setting
	text    string
}

// String returns what was given.
func (f *settingFlag) String() string { return f.text }

// Set takes what is of the setting's kind.
func (f *settingFlag) Set(text string) error {
	f.text = text
	return f.setting.Check(text)
}

// Type names the setting's kind in the help.
func (f *settingFlag) Type() string { return string(f.setting.Kind) }

// bind makes flags of settings, and offers the shell their values.
func bind(cmd *cobra.Command, settings []projectsetting.Setting) {
	for _, s := range settings {
		flag := cmd.Flags().VarPF(&settingFlag{setting: s}, s.Name, "", s.Help())
		if s.Kind == projectsetting.YesNo {
			flag.NoOptDefVal = "true"
			continue
		}
		usage.Choices(cmd, s.Name, s.Values...)
	}
}

// apply gives a project what was given of settings.
func apply(flags *pflag.FlagSet, p *tracker.Project, settings []projectsetting.Setting) error {
	for _, s := range settings {
		if !flags.Changed(s.Name) {
			continue
		}
		if err := s.Set(p, flags.Lookup(s.Name).Value.String()); err != nil {
			return err
		}
	}
	return nil
}

// changesSome reports whether a flag of a setting was given, or one of an iteration.
func changesSome(flags *pflag.FlagSet, settings []projectsetting.Setting) bool {
	given := func(s projectsetting.Setting) bool { return flags.Changed(s.Name) }
	return flags.Changed("iteration") || slices.ContainsFunc(settings, given) || slices.ContainsFunc(projectsetting.OfIteration(0), given)
}

// bindIteration makes flags of what one iteration has of its own.
func bindIteration(cmd *cobra.Command, iteration *int) {
	cmd.Flags().IntVar(iteration, "iteration", 0, "number of the iteration that --strength and --length are for")
	bind(cmd, projectsetting.OfIteration(0))
}

// applyToIteration gives one iteration of a project what was given of its settings.
func applyToIteration(flags *pflag.FlagSet, p *tracker.Project, iteration int) error {
	settings := projectsetting.OfIteration(iteration)
	given := false
	for _, s := range settings {
		given = given || flags.Changed(s.Name)
	}
	switch named := flags.Changed("iteration"); {
	case !named && given:
		return tracker.Invalid("iteration", "--strength and --length are of one iteration; name it with --iteration")
	case named && !given:
		return tracker.Invalid("iteration", "give iteration %d a --strength or a --length", iteration)
	}
	return apply(flags, p, settings)
}
