package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"storydesk/scripts/terminal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := installTest(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "installtest:", err)
		os.Exit(1)
	}
}

// installTest installs and uses the releases in some folders, the last one after those before.
func installTest(ctx context.Context, folders []string) (err error) {
	if len(folders) == 0 {
		return errors.New("needs the folder of a release, and before it those that it is an upgrade of")
	}
	work, err := os.MkdirTemp("", "storydesk-system-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	s := system{ctx, work}
	fmt.Println("== a bare Debian")
	made := exec.CommandContext(ctx, "debootstrap", "--variant=minbase", "--include=man-db", "stable", s.root) //nolint:gosec // a folder of our own
	if out, err := made.CombinedOutput(); err != nil {
		return fmt.Errorf("debootstrap: %w\n%s", err, out)
	}
	newest := folders[len(folders)-1]
	if err := s.archive(newest); err != nil {
		return fmt.Errorf("the archive of %s: %w", newest, err)
	}
	for i, folder := range folders {
		if err := s.packaged(folder, i); err != nil {
			return fmt.Errorf("the package of %s: %w", folder, err)
		}
	}
	if err := s.used(); err != nil {
		return fmt.Errorf("%s: %w", newest, err)
	}
	return s.removed()
}

// system is a Debian in a folder.
type system struct {
	ctx  context.Context
	root string
}

// archive unpacks a release's tar.gz and uses it.
func (s system) archive(folder string) error {
	file, err := s.bring(folder, "storydesk_*_linux_"+runtime.GOARCH+".tar.gz")
	if err != nil {
		return err
	}
	fmt.Println("==", filepath.Base(file))
	if _, err := s.run("tar -xzf " + file + " -C /opt && mv /opt/storydesk_* /opt/storydesk"); err != nil {
		return err
	}
	return errors.Join(
		s.says("/opt/storydesk/storydesk version", "storydesk v"),
		s.says("man /opt/storydesk/man/storydesk-story-add.1.gz", "--from-ticket"),
		s.says("/opt/storydesk/storydesk help search", "includedone:"),
		s.says("grep -c . /opt/storydesk/NOTICES /opt/storydesk/LICENSE", "NOTICES"),
		s.demo("/opt/storydesk/storydesk"),
	)
}

// packaged installs a release's .deb over what is installed, as the release of a number: what
// those before it wrote is there, and a copy of the database as it was before its upgrade.
func (s system) packaged(folder string, number int) error {
	file, err := s.bring(folder, "storydesk_*_"+runtime.GOARCH+".deb")
	if err != nil {
		return err
	}
	fmt.Println("==", filepath.Base(file))
	before := ""
	if number > 0 {
		if before, err = s.schema(); err != nil {
			return err
		}
	}
	if _, err := s.run("apt install -y " + file); err != nil {
		return err
	}
	if number == 0 {
		if err := s.says("storydesk project add Shop", "Shop"); err != nil {
			return err
		}
	}
	for earlier := range number {
		if err := s.says("storydesk story list", fmt.Sprintf("Written by release %d\n", earlier)); err != nil {
			return err
		}
	}
	if err := s.says(fmt.Sprintf("storydesk story add --name 'Written by release %d'", number), "Written by"); err != nil {
		return err
	}
	after, err := s.schema()
	if err != nil || number == 0 || after == before {
		return err
	}
	fmt.Printf("   upgraded the database from schema %s to %s\n", before, after)
	saved := "storydesk db check " + database + ".before-" + after
	return errors.Join(s.says(saved, "schema "+before+";"), s.says(saved, "no damage found"))
}

// database is where the user's is, who is root there.
const database = "/root/.local/share/storydesk/storydesk.db"

// schema is the version of the database's schema. The database must be whole.
func (s system) schema() (string, error) {
	const check = "storydesk db check"
	if err := s.says(check, "no damage found"); err != nil {
		return "", err
	}
	out, err := s.run(check)
	if err != nil {
		return "", err
	}
	found := regexp.MustCompile(`schema (\d+)`).FindStringSubmatch(out)
	if found == nil {
		return "", fmt.Errorf("%s names no schema:\n%s", check, out)
	}
	return found[1], nil
}

// used uses the release that is installed.
func (s system) used() error {
	fmt.Println("== used as a package")
	return errors.Join(
		s.says("storydesk doctor", "\n0 failed, "),
		s.says("man storydesk", "Zendesk tickets beside your backlog"),
		s.says("man 7 storydesk-config", "STORYDESK_DB"),
		s.says("cat /usr/share/bash-completion/completions/storydesk", "storydesk"),
		s.demo("storydesk"),
	)
}

// removed takes the package away again: nothing of it is left but what is the user's.
func (s system) removed() error {
	if _, err := s.run("dpkg --purge storydesk"); err != nil {
		return err
	}
	return s.says("find /usr /etc /var/lib -xdev -name '*storydesk*' | grep -v dpkg/ | wc -l; ls /root/.local/share/storydesk", "0\nstorydesk.db")
}

// bring copies a release's file into the system and returns where it is there.
func (s system) bring(folder, pattern string) (string, error) {
	found, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(found) != 1 {
		return "", errors.Join(fmt.Errorf("%s has %d files %s", folder, len(found), pattern), err)
	}
	from, err := os.Open(found[0]) //nolint:gosec // G703: a release of the user's
	if err != nil {
		return "", err
	}
	defer func() { _ = from.Close() }() // it was only read
	there := filepath.Join("/tmp", filepath.Base(found[0]))
	to, err := os.Create(filepath.Join(s.root, there))
	if err != nil {
		return "", err
	}
	_, err = io.Copy(to, from)
	return there, errors.Join(err, to.Close())
}

// command is a line of the shell in the system, which has nothing of this machine.
func (s system) command(line string) *exec.Cmd {
	cmd := exec.CommandContext(s.ctx, "chroot", s.root, "/bin/sh", "-c", line) //nolint:gosec // lines of our own
	cmd.Env = []string{
		"HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "TERM=xterm-256color",
		"MANPAGER=cat", "MANWIDTH=200", "STORYDESK_USER=Ada Lovelace",
	}
	return cmd
}

// run runs a line and returns what it prints.
func (s system) run(line string) (string, error) {
	out, err := s.command(line).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", line, err, out)
	}
	return string(out), nil
}

// says runs a line, which must print something.
func (s system) says(line, want string) error {
	out, err := s.run(line)
	if err == nil && !strings.Contains(out, want) {
		return fmt.Errorf("%s does not say %q but\n%s", line, want, out)
	}
	return err
}

// demo opens the demo on a terminal, makes a story of a ticket, and quits.
func (s system) demo(program string) (err error) {
	t, err := terminal.Start(s.command("exec "+program+" demo"), terminal.Options{Width: 120, Height: 32})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if err := t.Sees("2 Backlog", "#1048"); err != nil {
		return err
	}
	if err := t.Press("b"); err != nil {
		return err
	}
	if err := t.Sees("created from"); err != nil {
		return err
	}
	if err := t.Press("q"); err != nil {
		return err
	}
	code, err := t.Wait()
	if err == nil && code != 0 {
		return fmt.Errorf("the demo ended with %d:\n%s", code, t.Text())
	}
	return err
}
