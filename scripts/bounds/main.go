package main

import (
	"bufio"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
)

//go:embed exceptions.txt
var exceptions string

func main() {
	write := flag.Bool("write", false, "print what exceptions.txt would have to say today, and check nothing")
	flag.Parse()
	if err := run(*write); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(write bool) error {
	sizes, err := measure(".")
	if err != nil {
		return err
	}
	if write {
		for _, s := range sizes {
			if s.n > limits()[s.kind] {
				fmt.Println(s.key(), s.n)
			}
		}
		return nil
	}
	allowed, err := parseExceptions(exceptions)
	if err != nil {
		return err
	}
	if problems := check(sizes, limits(), allowed); len(problems) > 0 {
		return fmt.Errorf("%s", strings.Join(problems, "\n"))
	}
	return nil
}

// parseExceptions reads lines of kind, name and allowed size, with comments
// after #.
func parseExceptions(text string) (map[string]int, error) {
	allowed := make(map[string]int)
	scanner := bufio.NewScanner(strings.NewReader(text))
	for line := 1; scanner.Scan(); line++ {
		entry, _, _ := strings.Cut(scanner.Text(), "#")
		fields := strings.Fields(entry)
		if len(fields) == 0 {
			continue
		}
		if len(fields) != 3 {
			return nil, fmt.Errorf("exceptions.txt:%d: want a kind, a name and a size", line)
		}
		n, err := strconv.Atoi(fields[2])
		if err != nil {
			return nil, fmt.Errorf("exceptions.txt:%d: the size %q is not a number", line, fields[2])
		}
		allowed[fields[0]+" "+fields[1]] = n
	}
	return allowed, scanner.Err()
}

// check returns a sentence for each size above its limit that no exception
// allows, and for each exception that is larger than needed.
func check(sizes []size, limits map[kind]int, allowed map[string]int) []string {
	var problems []string
	seen := make(map[string]bool)
	for _, s := range sizes {
		limit := limits[s.kind]
		exception, ok := allowed[s.key()]
		seen[s.key()] = ok
		switch {
		case ok && s.n <= limit:
			problems = append(problems, fmt.Sprintf("%s has %d, within the limit of %d: remove its exception", s.key(), s.n, limit))
		case ok && s.n < exception:
			problems = append(problems, fmt.Sprintf("%s has shrunk to %d: lower its exception from %d", s.key(), s.n, exception))
		case ok && s.n > exception:
			problems = append(problems, fmt.Sprintf("%s has %d, and its exception allows %d: split it", s.key(), s.n, exception))
		case !ok && s.n > limit:
			problems = append(problems, fmt.Sprintf("%s has %d, and the limit is %d: split it", s.key(), s.n, limit))
		}
	}
	for key := range allowed {
		if !seen[key] {
			problems = append(problems, key+" does not exist: remove its exception")
		}
	}
	return problems
}
