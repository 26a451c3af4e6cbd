// Package setting holds the table of the settings that users choose: their names,
// values, defaults and variables. Whatever shows, changes or reports a setting
// reads it there.
package setting
