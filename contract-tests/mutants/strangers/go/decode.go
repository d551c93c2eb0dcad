package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// decodeJSON reads exactly one JSON text; numbers keep their digits.
func decodeJSON(body []byte) (interface{}, error) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if !utf8.Valid(body) {
		return nil, errors.New("the body is not UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var v interface{}
	if err := dec.Decode(&v); err != nil {
		return nil, errors.New("the body is not JSON")
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("the body holds more than one JSON text")
	}
	return v, nil
}

type node struct {
	name string
	text strings.Builder
	kids []*node
}

// parseXML builds a tree; a DOCTYPE (any directive) is refused, so there are no entities.
func parseXML(body []byte) (*node, error) {
	dec := xml.NewDecoder(bytes.NewReader(body))
	var root *node
	var stack []*node
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, errors.New("the body is not well-formed XML")
		}
		switch t := tok.(type) {
		case xml.Directive:
			return nil, errors.New("a DOCTYPE is not accepted")
		case xml.StartElement:
			n := &node{name: t.Name.Local}
			if len(stack) == 0 {
				if root != nil {
					return nil, errors.New("the body has two roots")
				}
				root = n
			} else {
				top := stack[len(stack)-1]
				top.kids = append(top.kids, n)
			}
			if len(stack) > 100 {
				return nil, errors.New("the body is nested too deep")
			}
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 0 {
				stack[len(stack)-1].text.Write(t)
			} else if len(bytes.TrimSpace(bytes.TrimPrefix(t, []byte("\ufeff")))) > 0 {
				return nil, errors.New("the body has text outside of its root")
			}
		}
	}
	if root == nil || len(stack) > 0 {
		return nil, errors.New("the body is not well-formed XML")
	}
	return root, nil
}

// decodeXML reads an element by the schema into what JSON would have given.
func decodeXML(body []byte, root string, sch *schema, coerce bool) (interface{}, error) {
	n, err := parseXML(body)
	if err != nil {
		return nil, err
	}
	if n.name != root {
		return nil, errors.New("the root must be " + root)
	}
	return fromXML(n, sch, coerce)
}

var numeric = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func fromXML(n *node, sch *schema, coerce bool) (interface{}, error) {
	t := n.text.String()
	if sch.kind != "object" {
		if len(n.kids) > 0 {
			return nil, errors.New(n.name + " must not have child elements")
		}
		blankless := strings.TrimSpace(t)
		switch {
		case sch.kind == "integer" && numeric.MatchString(blankless):
			return json.Number(blankless), nil
		case sch.kind == "boolean" && (blankless == "true" || blankless == "false"):
			return blankless == "true", nil
		}
		// b04: a converter that guesses types turns the text 007 into the number 7.
		if coerce && sch.kind == "string" && len(t) < 16 && numeric.MatchString(t) {
			f, _ := strconv.ParseFloat(t, 64)
			return strconv.FormatFloat(f, 'f', -1, 64), nil
		}
		return t, nil
	}
	if strings.TrimSpace(t) != "" {
		return nil, errors.New(n.name + " must not hold text")
	}
	out := map[string]interface{}{}
	for _, p := range sch.props {
		one, isArray := p.sch, p.sch.kind == "array"
		if isArray {
			one = p.sch.item
		}
		var found []interface{}
		for _, k := range n.kids {
			if k.name != p.name {
				continue
			}
			v, err := fromXML(k, one, coerce)
			if err != nil {
				return nil, err
			}
			found = append(found, v)
		}
		switch {
		case isArray && (len(found) > 0 || p.required):
			if found == nil {
				found = []interface{}{}
			}
			out[p.name] = found
		case !isArray && len(found) == 1:
			out[p.name] = found[0]
		case !isArray && len(found) > 1:
			return nil, errors.New(p.name + " occurs twice")
		}
	}
	return out, nil
}
