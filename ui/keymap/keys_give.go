package keymap

// Give is Set without a look at conflicts, which [Keys.Conflicts] finds when all
// keys have been given.
func (k Keys) Give(name string, keys []string) (Keys, error) {
	a, err := k.find(name)
	if err != nil {
		return k, err
	}
	return k.with(a.Name(), keys)
}

// Full is the whole name of an action, of which the part behind the slash may be enough.
func (k Keys) Full(name string) string {
	if a, err := k.find(name); err == nil {
		return a.Name()
	}
	return name
}

// Actions are the two that the key would mean, and Err says so.
func (c Conflict) Actions() (a, b string) { return c.a.Name(), c.b.Name() }

// Err says which two things the key would mean.
func (c Conflict) Err() error { return c.err() }
