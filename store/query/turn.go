package query

import "strings"

// Turn is one run of a transaction that changes rows on a server. The methods of a nil Turn
// are for any other transaction.
type Turn struct {
	// Changed is true once a statement changed a row.
	Changed bool
	// Aside is true once a row was changed that others need not hear of.
	Aside bool
	// Again is true once a statement failed because of another transaction, or of a connection
	// that broke: nothing was done, and the transaction may be run once more.
	Again bool
	// saved find out whether rows were saved, once the server has said so.
	saved []func() error
}

// note remembers that a statement touched rows.
func (t *Turn) note(statement string) {
	if t != nil && !strings.HasPrefix(strings.TrimSpace(statement), "SELECT") {
		t.Changed = true
	}
}

// Check has Verify find something out, or does so at once where no server is asked.
func (t *Turn) Check(saved func() error) error {
	if t == nil {
		return saved()
	}
	t.saved = append(t.saved, saved)
	return nil
}

// Verify fails where what was to be saved was not.
func (t *Turn) Verify() error {
	if t == nil {
		return nil
	}
	saved := t.saved
	t.saved = nil
	for _, check := range saved {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}
