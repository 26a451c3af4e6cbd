// Package answer holds whole HTTP answers, which a fault can alter or withhold,
// and the refusals of Zendesk as they were recorded, to the letter.
//
// It decides nothing: it does not know when an answer is given.
package answer
