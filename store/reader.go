package store

import "storydesk/store/query"

// reader reads rows for the length of one transaction.
type reader struct {
	*query.Session
	// held is what the transaction holds, nil unless it changes rows on a server.
	held *held
}

// readers implements tracker.Reader, a part of it by its own type.
type readers struct {
	*reader
	eventReader
	attemptReader
	partReader
	importReader
	searchReader
	epicReader
	senderReader
}

func newReaders(r *reader) readers {
	return readers{r, eventReader{r}, attemptReader{r}, partReader{r}, importReader{r}, searchReader{r}, epicReader{r}, senderReader{r}}
}

// eventReader reads linked tickets, and what happened on them.
type eventReader struct{ of *reader }

// searchReader reads what is written in stories.
type searchReader struct{ of *reader }

// statements changes rows for the length of one transaction.
type statements struct {
	reader
	*query.Statements
}

// writer implements tracker.Writer, each part of it by its own type.
type writer struct {
	*statements
	eventReader
	attemptReader
	partReader
	importReader
	searchReader
	projectWriter
	integrationWriter
	storyWriter
	partWriter
	ticketWriter
	outboxWriter
	asideWriter
	textWriter
	leaseWriter
	importWriter
	epicReader
	senderReader
	epicWriter
}

// The parts of a writer. Each changes the rows of its subject only.
type (
	projectWriter     struct{ *statements }
	integrationWriter struct{ *statements }
	storyWriter       struct{ *statements }
	ticketWriter      struct{ *statements }
	outboxWriter      struct{ *statements }
	asideWriter       struct{ *statements }
	textWriter        struct{ *statements }
	leaseWriter       struct{ *statements }
)

func newWriter(r reader) *writer {
	s := &statements{r, query.Changing(r.Session)}
	return &writer{
		s, eventReader{&s.reader}, attemptReader{&s.reader}, partReader{&s.reader}, importReader{&s.reader}, searchReader{&s.reader}, projectWriter{s}, integrationWriter{s}, storyWriter{s}, partWriter{s},
		ticketWriter{s}, outboxWriter{s}, asideWriter{s}, textWriter{s}, leaseWriter{s}, importWriter{s}, epicReader{&s.reader}, senderReader{&s.reader}, epicWriter{s},
	}
}
