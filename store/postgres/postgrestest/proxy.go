package postgrestest

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Proxy stands between programs and the server of the tests, and breaks connections.
type Proxy struct {
	// Address is that of the database through the proxy.
	Address  string
	server   string
	listener net.Listener
	running  sync.WaitGroup
	mutex    sync.Mutex
	// ends are both ends of each connection. While down is true there is none.
	ends map[net.Conn]struct{}
	down bool
	// atCommit is what happens to the next commits, once each, and onBreak what comes of it.
	atCommit []Break
	onBreak  func()
	// instead is what the server sees in place of text.
	text, instead []byte
	trips         atomic.Int64
}

// Break is how a connection breaks at a commit.
type Break int

// The breaks.
const (
	// BeforeCommit ends a connection instead of asking the server to commit.
	BeforeCommit Break = iota + 1
	// AfterCommit lets the server commit and ends the connection instead of passing its answer.
	AfterCommit
)

// NewProxy starts a proxy before the database at an address. It ends with the test.
func NewProxy(t testing.TB, address string) *Proxy {
	t.Helper()
	p, err := OpenProxy(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// OpenProxy starts a proxy before the database at an address. Close ends it.
func OpenProxy(address string) (*Proxy, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	query := u.Query()
	p := &Proxy{server: filepath.Join(query.Get("host"), ".s.PGSQL.5432"), listener: listener, ends: make(map[net.Conn]struct{})}
	host, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	query.Set("host", host)
	query.Set("port", port)
	query.Set("sslmode", "disable")
	u.RawQuery = query.Encode()
	p.Address = u.String()
	p.running.Go(p.accept)
	return p, nil
}

// Close breaks all connections and ends the proxy.
func (p *Proxy) Close() {
	_ = p.listener.Close() // it ends accept
	p.Cut()
	p.running.Wait()
}

// Rewrite makes the server see one text in place of another, as long as it is, in what
// programs ask.
func (p *Proxy) Rewrite(text, instead string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.text, p.instead = []byte(text), []byte(instead)
}

// rewrite is what the server is to see.
func (p *Proxy) rewrite(sent []byte) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if len(p.text) > 0 {
		copy(sent, bytes.ReplaceAll(sent, p.text, p.instead))
	}
}

// Cut breaks all connections and makes no new ones until Restore.
func (p *Proxy) Cut() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.down = true
	for end := range p.ends {
		_ = end.Close() // it may be closed already
	}
	clear(p.ends)
}

// Restore lets connections through again.
func (p *Proxy) Restore() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.down = false
}

// Trips is how often programs have waited for the server until it was ready for the next question.
func (p *Proxy) Trips() int64 { return p.trips.Load() }

// BreakAtCommit breaks the connections of the next commits, one after the other.
func (p *Proxy) BreakAtCommit(breaks ...Break) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.atCommit = append(p.atCommit, breaks...)
}

// OnBreak makes a break at a commit do something more.
func (p *Proxy) OnBreak(do func()) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.onBreak = do
}

func (p *Proxy) broken() {
	p.mutex.Lock()
	do := p.onBreak
	p.mutex.Unlock()
	if do != nil {
		do()
	}
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		server, err := new(net.Dialer).DialContext(context.Background(), "unix", p.server)
		if err != nil || !p.add(client, server) {
			_ = client.Close() // as a server that is down does
			if err == nil {
				_ = server.Close()
			}
			continue
		}
		c := &connection{proxy: p, client: client, server: server}
		p.running.Go(c.ask)
		p.running.Go(c.answer)
	}
}

func (p *Proxy) add(ends ...net.Conn) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, end := range ends {
		if !p.down {
			p.ends[end] = struct{}{}
		}
	}
	return !p.down
}

// next is what happens to a commit.
func (p *Proxy) next() (b Break) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if len(p.atCommit) > 0 {
		b, p.atCommit = p.atCommit[0], p.atCommit[1:]
	}
	return b
}

// connection passes what a client asks and a server answers.
type connection struct {
	proxy          *Proxy
	client, server net.Conn
	mutex          sync.Mutex
	// swallows is true once the next answer ends the connection.
	swallows bool
	// commit is the name under which the client prepared a commit, nil until it has.
	commit []byte
}

func (c *connection) end() {
	_ = c.client.Close() // the other half may have closed them
	_ = c.server.Close()
}

// ask passes what the client sends.
func (c *connection) ask() {
	defer c.end()
	c.pass(c.client, c.server, func(sent []byte) bool {
		c.proxy.rewrite(sent)
		if !c.isCommit(sent) {
			return true
		}
		b := c.proxy.next()
		c.mutex.Lock()
		c.swallows = b == AfterCommit
		c.mutex.Unlock()
		if b == BeforeCommit {
			c.proxy.broken()
		}
		return b != BeforeCommit
	})
}

// answer passes what the server sends.
func (c *connection) answer() {
	defer c.end()
	c.pass(c.server, c.client, func(answered []byte) bool {
		c.proxy.trips.Add(int64(bytes.Count(answered, []byte("Z\x00\x00\x00\x05")))) // ReadyForQuery
		c.mutex.Lock()
		defer c.mutex.Unlock()
		if c.swallows {
			c.proxy.broken()
		}
		return !c.swallows
	})
}

// pass copies from one end to the other as long as ok says so of what was read.
func (c *connection) pass(from, to net.Conn, ok func([]byte) bool) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !ok(buffer[:n]) {
			return
		}
		if _, failed := to.Write(buffer[:n]); failed != nil || err != nil {
			return
		}
	}
}

// isCommit reports whether messages ask the server to commit: by a simple query, or by what was
// prepared under a name as pgx gives them, which stands between zeros where it is bound; see
// https://www.postgresql.org/docs/current/protocol-message-formats.html.
func (c *connection) isCommit(sent []byte) bool {
	if before, _, ok := bytes.Cut(sent, []byte("\x00commit\x00")); ok {
		if at := bytes.LastIndex(before, []byte("stmtcache_")); at >= 0 {
			c.commit = slices.Concat([]byte{0}, before[at:], []byte{0})
		}
	}
	return c.commit != nil && bytes.Contains(sent, c.commit) ||
		len(sent) > 0 && sent[0] == 'Q' && strings.EqualFold(string(bytes.Trim(sent[min(5, len(sent)):], "\x00; ")), "commit")
}
