// Package integration holds the commands on integrations: their fields, sign-in
// and connection test, and the interview that asks for what is missing.
package integration
