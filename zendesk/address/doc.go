// Package address reads the addresses of Zendesk accounts and views that people
// paste, and decides which hosts are an account's own: only those get
// credentials. What is unclear is refused, since a guess could send a password
// to an unrelated host.
//
// It asks nobody: it knows nothing of the network, and errors never repeat what
// was pasted, which may hold a password.
package address
