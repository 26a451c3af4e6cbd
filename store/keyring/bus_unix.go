//go:build unix && !darwin

package keyring

import "github.com/godbus/dbus/v5"

// findBus fails where the user has no session bus. Without it go-keyring would
// start one with dbus-launch, which goes on running after the program, with a
// keyring that nobody else sees.
func findBus() error {
	bus, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return err
	}
	return bus.Close()
}
