// Package epic holds the commands on epics.
package epic
