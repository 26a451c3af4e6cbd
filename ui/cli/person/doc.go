// Package person is the commands on people, whose names stand on stories.
package person
