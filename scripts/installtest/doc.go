// Command installtest installs a release as a stranger would, on a bare Debian without
// compiler and Go, and uses it: the .deb and the tar.gz, the manual, the doctor, the demo on
// a terminal, and a database of the release before.
//
//	go run ./scripts/installtest dist/v1.2.0              # this release
//	go run ./scripts/installtest dist/v1.1.0 dist/v1.2.0  # and an upgrade from another
//
// It needs root, debootstrap, and Debian's packages to make the system from.
package main
