package imports_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storydesk/tracker/trackertest"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/source"
	"storydesk/zendesk/sandbox"
)

// sparse writes a file in which blocks of zeros take no room on the disk.
type sparse struct{ *os.File }

// Write implements io.Writer.
func (s sparse) Write(p []byte) (int, error) {
	if bytes.Count(p, []byte{0}) == len(p) {
		_, err := s.Seek(int64(len(p)), io.SeekCurrent)
		return len(p), err
	}
	return s.File.Write(p)
}

// sparseArchive writes a ZIP of Tracker with so many stories and, spread over them,
// attachments of a size each.
func sparseArchive(t testing.TB, path string, stories, attachments, size int) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	to := zip.NewWriter(sparse{file})
	table, err := to.Create("acme_20250401_101112.csv")
	if err == nil {
		rows := manyRows(stories)
		_, err = io.Copy(table, rows)
		err = errors.Join(err, rows.Close())
	}
	zeros := make([]byte, size)
	head := zip.FileHeader{Method: zip.Store, CRC32: crc32.ChecksumIEEE(zeros), CompressedSize64: uint64(size), UncompressedSize64: uint64(size)}
	for i := range attachments {
		next := head
		next.Name = fmt.Sprintf("%d/screen shot %d.png", 1+i%stories, i)
		out, bad := to.CreateRaw(&next)
		if bad == nil {
			_, bad = out.Write(zeros)
		}
		err = errors.Join(err, bad)
	}
	if err = errors.Join(err, to.Close()); err == nil { // its end is no block of zeros
		err = file.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// peak is the most memory that the process had, in MB; 0 where the system does not say.
func peak() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kilo float64
	if _, err := fmt.Sscan(rest, &kilo); err != nil {
		return 0
	}
	return kilo / 1024
}

// BenchmarkImportFiles imports projects with attachments. MB-peak is that of the largest
// one so far: run them one by one.
func BenchmarkImportFiles(b *testing.B) {
	for name, c := range map[string]struct{ stories, attachments, size int }{
		"824 with 16 files":    {824, 16, 100 << 10},
		"20000 with 2 GB":      {20_000, 4_000, 512 << 10},
		"20000 in 20000 files": {20_000, 20_000, 4 << 10},
	} {
		b.Run(name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "acme.zip")
			sparseArchive(b, path, c.stories, c.attachments, c.size)
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				w := trackertest.NewOf(b, sandbox.Options{})
				store := &timed{Store: w.DB}
				w.Engine.Imports.Store = store
				b.StartTimer()
				from, in, err := source.Open(path, nil)
				if err != nil {
					b.Fatal(err)
				}
				report, err := w.Engine.Imports.Import(b.Context(), from, transfer.Options{Project: w.In.ProjectID})
				if err != nil || report.Counts[transfer.Attachments].Added != c.attachments {
					b.Fatal(report, err)
				}
				if err := in.Close(); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(store.held.Seconds(), "s-locked")
				b.ReportMetric(peak(), "MB-peak")
			}
		})
	}
}
