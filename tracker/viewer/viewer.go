// Package viewer carries who looks at what is read, so that what is new can be new for each.
//
// Invariants:
//   - A store asks nobody else whose marks count, and needs no name: where none is carried,
//     everybody's count, as in a file that one person uses.
package viewer

import "context"

type key struct{}

// With returns a context in which a person, by their name, is who looks.
func With(ctx context.Context, name string) context.Context {
	return context.WithValue(ctx, key{}, name)
}

// Of is the name of who looks, empty where it is not told.
func Of(ctx context.Context) string {
	name, _ := ctx.Value(key{}).(string)
	return name
}
