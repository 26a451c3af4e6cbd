package config

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/config"
)

// commands are the commands on the config file.
type commands struct{ runner }

// Group returns the commands on the config file.
func Group(p runner) *cobra.Command {
	c := commands{p}
	return usage.Group("config", "Config file: keys, themes, columns and own commands", c.begin(), c.check(), c.path())
}

// file is the config file; CodeUnavailable where this program reads none.
func (c commands) file() (*config.File, error) {
	if f := c.ConfigFile(); f != nil {
		return f, nil
	}
	return nil, tracker.Errorf(tracker.CodeUnavailable, "no config file is read here")
}

func (c commands) begin() *cobra.Command {
	toOutput := false
	cmd := &cobra.Command{
		Use: "init", Short: "Write a commented config file", Args: usage.Takes(),
		Long: `Write a config file that lists every key with its default as a comment. Settings
and keys that you changed already are carried over. A file that exists is never
overwritten.`,
		Example: "storydesk config init\nstorydesk config init --print",
	}
	cmd.Flags().BoolVar(&toOutput, "print", false, "print the text and write no file")
	cmd.RunE = c.With(func(ctx context.Context, s *opened, _ []string) error {
		f, err := c.file()
		if err != nil {
			return err
		}
		if toOutput {
			return c.Printer().Write(string(config.Initial(f.Vocabulary, nil, nil)))
		}
		remembered, err := s.Service.Settings.Remembered(ctx)
		if err != nil {
			return err
		}
		if err := f.Begin(remembered); err != nil {
			return err
		}
		if c.Flags.JSON {
			return c.Printer().JSON(map[string]any{"path": f.Path})
		}
		return c.Printer().Line("Config written to " + f.Path)
	})
	return cmd
}

func (c commands) path() *cobra.Command {
	return &cobra.Command{
		Use: "path", Short: "Print the path of the config file", Example: "storydesk config path", Args: usage.Takes(),
		Long: `Print the path of the config file, whether or not it exists: $` + config.Env + `,
else storydesk/config.toml in the folder for configs.`,
		RunE: func(*cobra.Command, []string) error {
			f, err := c.file()
			if err != nil {
				return err
			}
			if c.Flags.JSON {
				return c.Printer().JSON(map[string]any{"path": f.Path})
			}
			return c.Printer().Line(f.Path)
		},
	}
}

// checked is the JSON of a check.
type checked struct {
	OK       bool             `json:"ok"`
	Path     string           `json:"path"`
	Problems []config.Problem `json:"problems"`
}

func (c commands) check() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "Check the config file", Example: "storydesk config check", Args: usage.Takes(),
		Long: `Check the config file and print every problem with its line and column. The board
starts all the same: it ignores what is wrong and uses the defaults. The exit
code is 1 when there are problems.`,
		RunE: func(*cobra.Command, []string) error {
			f, err := c.file()
			if err != nil {
				return err
			}
			v := f.Vocabulary
			v.LookPath = exec.LookPath
			_, problems := config.Load(f.Path, v)
			if err := c.say(f.Path, problems); err != nil {
				return err
			}
			if len(problems) > 0 {
				return session.ErrReported
			}
			return nil
		},
	}
}

// say prints what a check found.
func (c commands) say(path string, problems []config.Problem) error {
	p := c.Printer()
	if c.Flags.JSON {
		return p.JSON(checked{len(problems) == 0, path, append([]config.Problem{}, problems...)})
	}
	for _, problem := range problems {
		if err := p.Line(problem.Error()); err != nil {
			return err
		}
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return p.Line("There is no config at " + path + "; the defaults are used")
	}
	if len(problems) == 0 {
		return p.Line("No problems found in " + path)
	}
	wrong := 0
	for _, problem := range problems {
		if !problem.Advice {
			wrong++
		}
	}
	if wrong == 0 {
		p.Complain("storydesk: the values above are used all the same\n")
		return nil
	}
	p.Complain("%s\n", counted(wrong))
	return nil
}

func counted(n int) string {
	if n == 1 {
		return "storydesk: 1 problem in the config; the default is used there"
	}
	return fmt.Sprintf("storydesk: %d problems in the config; the defaults are used there", n)
}
