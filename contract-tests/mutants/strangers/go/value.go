package main

// The values that the API carries: an obj keeps its members in the order of the schema, so that
// JSON and XML are written from the same tree. Other values: string, int64, float64, bool, nil,
// []interface{}.

type field struct {
	name string
	val  interface{}
}

// obj is never changed in place: set and del return a copy, so readers need no lock.
type obj []field

type list = []interface{}

func (o obj) get(name string) (interface{}, bool) {
	for _, f := range o {
		if f.name == name {
			return f.val, true
		}
	}
	return nil, false
}

func (o obj) str(name string) string {
	v, _ := o.get(name)
	t, _ := v.(string)
	return t
}

func (o obj) int(name string) int64 {
	v, _ := o.get(name)
	n, _ := v.(int64)
	return n
}

func (o obj) list(name string) list {
	v, _ := o.get(name)
	l, _ := v.(list)
	return l
}

func (o obj) set(name string, val interface{}) obj {
	out := make(obj, 0, len(o)+1)
	found := false
	for _, f := range o {
		if f.name == name {
			f.val, found = val, true
		}
		out = append(out, f)
	}
	if !found {
		out = append(out, field{name, val})
	}
	return out
}

func (o obj) first(name string, val interface{}) obj {
	return append(obj{{name, val}}, o.del(name)...)
}

func (o obj) del(name string) obj {
	out := make(obj, 0, len(o))
	for _, f := range o {
		if f.name != name {
			out = append(out, f)
		}
	}
	return out
}

// mapStrings applies fn to the named texts of o (all of them when no name is given).
func (o obj) mapStrings(fn func(string) string, names ...string) obj {
	out := make(obj, 0, len(o))
	for _, f := range o {
		wanted := len(names) == 0
		for _, n := range names {
			wanted = wanted || n == f.name
		}
		if t, ok := f.val.(string); ok && wanted {
			f.val = fn(t)
		}
		out = append(out, f)
	}
	return out
}
