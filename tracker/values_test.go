package tracker

import (
	"errors"
	"testing"
)

func asErr(err error, e **Error) bool { return errors.As(err, e) }

func TestParseIDs(t *testing.T) {
	for _, text := range []string{"14", "S-14", "s-14", " 14 "} {
		if id, err := ParseStoryID(text); err != nil || id != 14 {
			t.Errorf("ParseStoryID(%q) = %v, %v", text, id, err)
		}
	}
	for _, text := range []string{"", "S-", "x", "0", "-3", "99999999999999999999"} {
		if _, err := ParseStoryID(text); CodeOf(err) != CodeInvalid {
			t.Errorf("ParseStoryID(%q) = %v, want CodeInvalid", text, err)
		}
		if _, err := ParseTicketID(text); CodeOf(err) != CodeInvalid {
			t.Errorf("ParseTicketID(%q) = %v, want CodeInvalid", text, err)
		}
	}
	if id, err := ParseTicketID("#1042"); err != nil || id != 1042 {
		t.Errorf("ParseTicketID(#1042) = %v, %v", id, err)
	}
}

func TestPointScale(t *testing.T) {
	scale, err := ParsePointScale("0, 0.5,1,2")
	if err != nil || FormatPointScale(scale) != "0,0.5,1,2" {
		t.Errorf("got %v, %v", scale, err)
	}
	for _, text := range []string{"", "a", "1,,2", "-1"} {
		if _, err := ParsePointScale(text); CodeOf(err) != CodeInvalid {
			t.Errorf("ParsePointScale(%q) = %v", text, err)
		}
	}
}

func TestCodeOf(t *testing.T) {
	if CodeOf(nil) != "" || CodeOf(errors.New("x")) != CodeInternal {
		t.Error("CodeOf of nil or a foreign error")
	}
	if got := CodeOf(errors.Join(errors.New("x"), Invalid("name", "y"))); got != CodeInvalid {
		t.Errorf("CodeOf of a joined error = %s", got)
	}
}
