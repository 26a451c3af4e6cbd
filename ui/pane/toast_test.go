package pane

import (
	"testing"
	"time"
)

func TestToastTimerLeavesTheNextToast(t *testing.T) {
	s := Toasts{now: time.Now}
	s.show(toastNews, "one")
	first := s.last
	s.show(toastNews, "two")
	s.Expire(first)
	if s.Current == nil || s.Current.Text != "two" {
		t.Errorf("the first toast's timer left %v", s.Current)
	}
}
