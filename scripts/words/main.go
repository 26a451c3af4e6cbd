package main

import (
	"fmt"
	"os"
)

func main() {
	sentences, err := list(".")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, s := range sentences {
		fmt.Println(s)
	}
}
