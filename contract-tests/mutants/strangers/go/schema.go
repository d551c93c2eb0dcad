package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// schema is the small part of JSON Schema that the document uses.
type schema struct {
	kind     string // object, array, string, integer, boolean
	props    []prop
	item     *schema
	enum     []string
	int32    bool
	nullable bool // only for the fault b06
}

type prop struct {
	name     string
	sch      *schema
	required bool
}

var (
	text    = &schema{kind: "string"}
	integer = &schema{kind: "integer"}

	petStatuses = []string{"available", "pending", "sold"}

	domainInSchema = &schema{kind: "object", props: []prop{{"name", text, false}}}
	domainSchema   = &schema{kind: "object", props: []prop{
		{"id", text, false},
		{"name", text, false},
		{"validate", text, false},
		{"status", &schema{kind: "string", enum: []string{"missing validation", "validated"}}, false},
		{"active", &schema{kind: "boolean"}, false},
	}}
	tagSchema = &schema{kind: "object", props: []prop{{"id", integer, false}, {"name", text, false}}}
	petSchema = &schema{kind: "object", props: []prop{
		{"id", integer, false},
		{"category", domainInSchema, false},
		{"name", text, true},
		{"photoUrls", &schema{kind: "array", item: text}, true},
		{"tags", &schema{kind: "array", item: tagSchema}, false},
		{"status", &schema{kind: "string", enum: petStatuses}, false},
	}}
	userSchema = &schema{kind: "object", props: []prop{
		{"id", integer, false},
		{"username", text, false},
		{"firstName", text, false},
		{"lastName", text, false},
		{"email", text, false},
		{"password", text, false},
		{"phone", text, false},
		{"userStatus", &schema{kind: "integer", int32: true}, false},
	}}
	usersSchema = &schema{kind: "array", item: userSchema}
)

const maxSafe = 1<<53 - 1

var (
	plainInteger = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,18})$`)
	shortNumber  = regexp.MustCompile(`^-?[0-9.]{1,40}([eE][+-]?[0-9]{1,2})?$`)
)

// safeInteger reads a JSON number as an integer that is exact in every client. 1.0 is an integer.
func safeInteger(n string) (int64, bool) {
	var v int64
	if plainInteger.MatchString(n) {
		p, err := strconv.ParseInt(n, 10, 64)
		if err != nil {
			return 0, false
		}
		v = p
	} else {
		if !shortNumber.MatchString(n) {
			return 0, false
		}
		r, ok := new(big.Rat).SetString(n)
		if !ok || !r.IsInt() || !r.Num().IsInt64() {
			return 0, false
		}
		v = r.Num().Int64()
	}
	return v, v >= -maxSafe && v <= maxSafe
}

// check validates a decoded value and returns it as the tree that is stored: named properties
// only, in the schema's order. Properties that the document does not name are dropped.
func check(v interface{}, sch *schema, at string) (interface{}, error) {
	if v == nil && sch.nullable {
		return nil, nil
	}
	wrong := fmt.Errorf("%s must be of type %s", at, sch.kind)
	switch sch.kind {
	case "string":
		t, ok := v.(string)
		if !ok {
			return nil, wrong
		}
		if len(sch.enum) > 0 && !contains(sch.enum, t) {
			return nil, fmt.Errorf("%s must be one of: %s", at, strings.Join(sch.enum, ", "))
		}
		return t, nil
	case "integer":
		n, ok := v.(json.Number)
		if !ok {
			return nil, wrong
		}
		i, ok := safeInteger(n.String())
		if !ok || (sch.int32 && (i < -1<<31 || i > 1<<31-1)) {
			return nil, fmt.Errorf("%s is no integer in range", at)
		}
		return i, nil
	case "boolean":
		b, ok := v.(bool)
		if !ok {
			return nil, wrong
		}
		return b, nil
	case "array":
		in, ok := v.([]interface{})
		if !ok {
			return nil, wrong
		}
		out := make(list, 0, len(in))
		for i, e := range in {
			c, err := check(e, sch.item, fmt.Sprintf("%s[%d]", at, i))
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
		return out, nil
	default: // object
		in, ok := v.(map[string]interface{})
		if !ok {
			return nil, wrong
		}
		out := obj{}
		for _, p := range sch.props {
			e, ok := in[p.name]
			if !ok {
				if p.required {
					return nil, fmt.Errorf("%s.%s is missing", at, p.name)
				}
				continue
			}
			c, err := check(e, p.sch, at+"."+p.name)
			if err != nil {
				return nil, err
			}
			out = append(out, field{p.name, c})
		}
		return out, nil
	}
}

func contains(all []string, one string) bool {
	for _, a := range all {
		if a == one {
			return true
		}
	}
	return false
}
