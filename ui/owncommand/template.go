package owncommand

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// expand fills a template in.
func expand(text string, data map[string]any) (string, error) {
	t, err := template.New("").Option("missingkey=error").Parse(text)
	if err != nil {
		return "", err
	}
	if err := simple(t); err != nil {
		return "", err
	}
	var out strings.Builder
	if err := t.Execute(&out, data); err != nil {
		return "", err
	}
	return out.String(), nil
}

// notSimpleError is a template that could take for ever, or more memory than there is.
type notSimpleError struct{ error }

// simple refuses what could take for ever or grow without bounds: templates that
// call each other, repetitions over numbers, and functions that make text longer.
func simple(t *template.Template) error {
	if len(t.Templates()) > 1 || t.Tree == nil && len(t.Templates()) > 0 {
		return notSimpleError{errors.New("a template cannot call or define others here")}
	}
	if t.Tree == nil || t.Root == nil {
		return nil
	}
	return simpleList(t.Root)
}

func simpleList(list *parse.ListNode) error {
	if list == nil {
		return nil
	}
	for _, n := range list.Nodes {
		if err := simpleNode(n); err != nil {
			return err
		}
	}
	return nil
}

func simpleNode(n parse.Node) error {
	switch n := n.(type) {
	case *parse.TextNode, *parse.CommentNode, *parse.BreakNode, *parse.ContinueNode:
		return nil
	case *parse.ActionNode:
		return simplePipe(n.Pipe)
	case *parse.IfNode:
		return branches(n.BranchNode)
	case *parse.WithNode:
		return branches(n.BranchNode)
	case *parse.RangeNode:
		if len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 1 || n.Pipe.Cmds[0].Args[0].Type() != parse.NodeField {
			return notSimpleError{errors.New("a template cannot repeat over anything but a list such as .Story.Labels")}
		}
		return branches(n.BranchNode)
	}
	return notSimpleError{fmt.Errorf("a template cannot call or define others here: %s", n)}
}

func branches(b parse.BranchNode) error {
	if err := simplePipe(b.Pipe); err != nil {
		return err
	}
	if err := simpleList(b.List); err != nil {
		return err
	}
	return simpleList(b.ElseList)
}

func simplePipe(p *parse.PipeNode) error {
	if p == nil {
		return nil
	}
	if len(p.Decl) > 0 {
		return notSimpleError{errors.New("a template has no variables here")}
	}
	for _, c := range p.Cmds {
		for _, arg := range c.Args {
			if err := simpleArgument(arg); err != nil {
				return err
			}
		}
	}
	return nil
}

func simpleArgument(arg parse.Node) error {
	functions := []string{"and", "or", "not", "eq", "ne", "urlquery"}
	switch arg := arg.(type) {
	case *parse.FieldNode, *parse.DotNode, *parse.StringNode, *parse.VariableNode, *parse.BoolNode:
		return nil
	case *parse.IdentifierNode:
		if slices.Contains(functions, arg.Ident) {
			return nil
		}
	case *parse.PipeNode:
		return simplePipe(arg)
	}
	return notSimpleError{fmt.Errorf("a template has no functions but %s, and no numbers; %s is none of them", strings.Join(functions, ", "), arg)}
}
