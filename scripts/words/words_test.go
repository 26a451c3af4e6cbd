package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const shop = "package shop\n\nimport \"fmt\"\n\n" +
	"type item struct {\n\tName string `json:\"the name\"`\n}\n\n" +
	"func sell(n int, who string) error {\n" +
	"\tquery := \"SELECT name FROM item WHERE id = ?\"\n" +
	"\tkey := \"item_id\"\n" +
	"\tlabel := \"Price\"\n" +
	"\tkeymap.Bind(\"s\", \"sell\", \"s\")\n\tfact(\"price\", key)\n" +
	"\tuse(query, key, label, \"%d · %s\")\n" +
	"\tuse(\"Sold \" + who + \" at \" + \"noon\")\n" +
	"\treturn fmt.Errorf(\"only %d are left\", n)\n}\n"

func TestList(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	write(t, root, "shop/shop.go", shop)
	write(t, root, "shop/shop_test.go", "package shop\n\nconst hidden = \"not shown to anyone\"\n")
	write(t, root, "scripts/tool/main.go", "package main\n\nconst hidden = \"not shown to anyone\"\n")
	write(t, root, "main.go", "package main\n\nconst (\n\thelp = \"Two lines\\nof help\"\n"+
		"\tsays = \"{host} is closed\"\n\tbody = `{\"not\": \"shown to anyone\"}`\n)\n")

	got, err := list(root)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range got {
		lines = append(lines, s.String())
	}
	want := []string{
		"main.go:4: Two lines⏎of help",
		"main.go:5: {host} is closed",
		"shop/shop.go:12: Price",
		"shop/shop.go:13: sell",
		"shop/shop.go:14: price",
		"shop/shop.go:16: Sold … at noon",
		"shop/shop.go:17: only %d are left",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
