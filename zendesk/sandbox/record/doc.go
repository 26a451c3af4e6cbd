// Package record holds the records of the made-up Zendesk account as the API shows
// them, the constants of its account, and what follows from a record alone. Its
// types have as many fields as Zendesk's own.
//
// It is data: it knows nothing of HTTP, of other records or of time passing.
package record
