package postgrestest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Alone is a server that belongs to no test binary, and that can be ended in hard ways.
type Alone struct {
	*cluster
	// Database is the address of its one database.
	Database string
}

// Installed reports whether there is a PostgreSQL on this machine.
func Installed() bool {
	_, err := program()
	return err == nil
}

// StartAlone starts a server with an empty database. Close ends it.
func StartAlone() (*Alone, error) {
	c, err := start()
	if err != nil {
		return nil, err
	}
	const name = "alone"
	if err := c.execute("CREATE DATABASE " + name); err != nil {
		return nil, errors.Join(err, c.stop())
	}
	return &Alone{cluster: c, Database: c.Address(name)}, nil
}

// Kill ends the server without warning, and Shutdown without waiting for anybody; Launch starts
// it again.
func (a *Alone) Kill() error { return a.end(syscall.SIGKILL) }

// Shutdown ends the server at once: it cuts all connections, and recovers when it starts again.
func (a *Alone) Shutdown() error { return a.end(syscall.SIGQUIT) }

func (a *Alone) end(with os.Signal) error {
	if err := a.process.Process.Signal(with); err != nil {
		return fmt.Errorf("ending PostgreSQL: %w", err)
	}
	var exit *exec.ExitError
	if err := a.process.Wait(); err != nil && !errors.As(err, &exit) {
		return fmt.Errorf("ending PostgreSQL: %w", err)
	}
	a.process = nil
	return nil
}

// Launch starts the server again. What is left of one that was killed may keep the next from
// starting for a moment.
func (a *Alone) Launch() error {
	deadline := time.Now().Add(patience)
	for {
		err := a.begin()
		if err == nil {
			err = a.answers()
		}
		if err == nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// answers waits until the server answers, and fails once it has ended.
func (a *Alone) answers() error {
	for deadline := time.Now().Add(patience); a.execute("SELECT 1") != nil; time.Sleep(20 * time.Millisecond) {
		switch {
		case !alive(a.process.Process.Pid):
			err := a.process.Wait()
			a.process = nil
			return fmt.Errorf("the server ended when it was started: %w", err)
		case time.Now().After(deadline):
			return errors.New("the server does not answer")
		}
	}
	return nil
}

// Close ends the server and removes its folder.
func (a *Alone) Close() error { return a.stop() }
