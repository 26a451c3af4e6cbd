package store

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority signs certificates; file is its own.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	file        string
}

// sign makes a certificate by a template, signed by a parent, itself where that is nil.
func sign(t *testing.T, template *x509.Certificate, parent *authority) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber, template.Subject = big.NewInt(1), pkix.Name{CommonName: "test"}
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	by, with := template, key
	if parent != nil {
		by, with = parent.certificate, parent.key
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, by, &key.PublicKey, with)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(signed)
	if err != nil {
		t.Fatal(err)
	}
	return certificate, key
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{file: filepath.Join(t.TempDir(), "ca.pem")}
	a.certificate, a.key = sign(t, &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, nil)
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
	if err := os.WriteFile(a.file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

// server begins TLS as PostgreSQL does, with a certificate for a host, and returns its address.
func (a *authority) server(t *testing.T, host string) string {
	t.Helper()
	template := &x509.Certificate{DNSNames: []string{host}}
	if ip := net.ParseIP(host); ip != nil {
		template = &x509.Certificate{IPAddresses: []net.IP{ip}}
	}
	certificate, key := sign(t, template, a)
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate.Raw}, PrivateKey: key}}}
	return answering(t, func(conn net.Conn) {
		if _, err := conn.Write([]byte("S")); err == nil {
			_ = tls.Server(conn, config).Handshake() // who asked does not trust it
		}
	})
}

// plainServer answers that it does not use TLS.
func plainServer(t *testing.T) string {
	t.Helper()
	return answering(t, func(conn net.Conn) { _, _ = conn.Write([]byte("N")) })
}

// answering listens, and answers those who ask for TLS.
func answering(t *testing.T, answer func(net.Conn)) (address string) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			const request = 8 // bytes that ask for TLS
			if _, err := io.ReadFull(conn, make([]byte, request)); err == nil {
				answer(conn)
			}
			_ = conn.Close()
		}
	}()
	return listener.Addr().String()
}
