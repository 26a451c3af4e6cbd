package accounts

import "storydesk/tracker"

// CountTickets says how many tickets a view holds, from its first page.
func CountTickets(page tracker.TicketPage) string { return countTickets(page) }
