package postgrestest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"syscall"
)

// account is the user that Debian's package makes: PostgreSQL does not run as root.
const account = "postgres"

// ids are the account's, 0 where the tests do not run as root.
func ids() (uid, gid int, err error) {
	if os.Getuid() != 0 {
		return 0, 0, nil
	}
	u, err := user.Lookup(account)
	if err != nil {
		return 0, 0, fmt.Errorf("PostgreSQL does not run as root: %w", err)
	}
	if uid, err = strconv.Atoi(u.Uid); err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}

// own makes a folder the account's.
func own(folder string) error {
	uid, gid, err := ids()
	if err != nil || uid == 0 {
		return err
	}
	return os.Chown(folder, uid, gid)
}

// asUser lets a command run as the account, in a folder that it can enter, and ends it with
// the test, however that ends.
func asUser(command *exec.Cmd) error {
	uid, gid, err := ids()
	if err != nil {
		return err
	}
	command.Dir = "/"
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if uid != 0 {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)} //nolint:gosec // ids of the system
	}
	return nil
}

// launch starts a command that runs on. The thread that starts it stays, for the
// command would end with it.
func launch(command *exec.Cmd) error {
	if err := asUser(command); err != nil {
		return err
	}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		started <- command.Start()
		select {}
	}()
	return <-started
}
