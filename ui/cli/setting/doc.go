// Package setting holds the commands on settings.
package setting
