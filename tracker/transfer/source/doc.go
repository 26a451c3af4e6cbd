// Package source opens what an import reads: it looks at a path and finds out in which
// format it is. It reads files of this machine and changes none.
package source
