package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	all, err := list(".", "../..")
	if err != nil {
		return err
	}
	fmt.Print(render(all))
	return nil
}
