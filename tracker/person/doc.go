// Package person finds out who is meant by a name: names that differ in case, accents or spaces
// are one, a person has other names besides, and some names are close enough to ask.
package person
