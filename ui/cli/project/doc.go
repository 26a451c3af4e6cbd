// Package project holds the commands on projects.
package project
