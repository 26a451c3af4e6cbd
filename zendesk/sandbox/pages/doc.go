// Package pages shows the pages and files of tickets to a person with a browser.
// They have no sign-in: only this computer reaches them, and everything on them is
// made up.
package pages
