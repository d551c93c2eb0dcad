# Codecs. All texts inside this server are byte strings that hold valid UTF-8;
# nothing is ever decoded to Tcl's own characters, so no letter can be lost.
# A JSON value is a list {type value}: s text, n integer, f other number, b 0|1, z null, a list, o dict.

proc bad {msg} { return -code error -errorcode BAD $msg }

namespace eval u8 {
    variable re {^(?:[^\u0080-\u00FF]|[\u00C2-\u00DF][\u0080-\u00BF]|\u00E0[\u00A0-\u00BF][\u0080-\u00BF]|[\u00E1-\u00EC\u00EE\u00EF][\u0080-\u00BF][\u0080-\u00BF]|\u00ED[\u0080-\u009F][\u0080-\u00BF]|\u00F0[\u0090-\u00BF][\u0080-\u00BF][\u0080-\u00BF]|[\u00F1-\u00F3][\u0080-\u00BF][\u0080-\u00BF][\u0080-\u00BF]|\u00F4[\u0080-\u008F][\u0080-\u00BF][\u0080-\u00BF])*$}
    proc valid {s} {
        variable re
        if {![regexp {[\u0080-\uFFFF]} $s]} { return 1 }
        return [regexp $re $s]
    }
    proc check {s} { if {![valid $s]} { bad "the text is not valid UTF-8" }; return $s }
    proc chr {cp} {
        if {$cp < 0x80} { return [format %c $cp] }
        if {$cp < 0x800} { return [format %c%c [expr {0xC0|($cp>>6)}] [expr {0x80|($cp&0x3F)}]] }
        if {$cp < 0x10000} { return [format %c%c%c [expr {0xE0|($cp>>12)}] [expr {0x80|(($cp>>6)&0x3F)}] [expr {0x80|($cp&0x3F)}]] }
        return [format %c%c%c%c [expr {0xF0|($cp>>18)}] [expr {0x80|(($cp>>12)&0x3F)}] [expr {0x80|(($cp>>6)&0x3F)}] [expr {0x80|($cp&0x3F)}]]
    }
    # list of code points
    proc points {s} {
        set out {}
        set n [string length $s]
        for {set i 0} {$i < $n} {} {
            scan [string index $s $i] %c b
            if {$b < 0x80} { set l 1; set cp $b } elseif {$b < 0xE0} { set l 2; set cp [expr {$b&0x1F}]
            } elseif {$b < 0xF0} { set l 3; set cp [expr {$b&0x0F}] } else { set l 4; set cp [expr {$b&0x07}] }
            for {set j 1} {$j < $l} {incr j} { scan [string index $s [expr {$i+$j}]] %c b; set cp [expr {($cp<<6)|($b&0x3F)}] }
            lappend out $cp
            incr i $l
        }
        return $out
    }
    proc strip {s} {
        # blanks of ASCII and the common ones of Unicode (U+00A0, U+2000..200A, U+3000)
        while 1 {
            set t [string trim $s " \t\r\n\v\f"]
            regsub "^(?:\u00c2\u00a0|\u00e2\u0080\[\u0080-\u008a\]|\u00e3\u0080\u0080)" $t "" t
            regsub "(?:\u00c2\u00a0|\u00e2\u0080\[\u0080-\u008a\]|\u00e3\u0080\u0080)$" $t "" t
            if {$t eq $s} { return $s }
            set s $t
        }
    }
    proc blank {s} { return [expr {[strip $s] eq ""}] }
}

namespace eval json {
    variable S ""; variable P 0; variable escmap {}
    for {set i 0} {$i < 32} {incr i} { lappend escmap [format %c $i] [format {\u%04x} $i] }
    lappend escmap \" \\\" \\ \\\\ \x7f {\u007f}
    set escmap [concat [list \n {\n} \r {\r} \t {\t}] $escmap]

    proc parse {text} {
        variable S; variable P
        u8::check $text
        if {[string range $text 0 2] eq "\u00ef\u00bb\u00bf"} { set text [string range $text 3 end] }
        set S $text; set P 0
        set v [value 0]
        ws
        set end [expr {$P == [string length $S]}]
        set S ""
        if {!$end} { bad "text after the JSON value" }
        return $v
    }
    proc ws {} {
        variable S; variable P
        if {[string index $S $P] in {" " \t \r \n} && [regexp -indices -start $P {\A[ \t\r\n]+} $S m]} { set P [expr {[lindex $m 1]+1}] }
    }
    proc str {} {
        variable S; variable P
        if {![regexp -indices -start $P {\A"(?:[^"\\\u0000-\u001F]|\\.)*"} $S m]} { bad "malformed JSON string" }
        set raw [string range $S [expr {$P+1}] [expr {[lindex $m 1]-1}]]
        set P [expr {[lindex $m 1]+1}]
        if {[string first \\ $raw] < 0} { return $raw }
        set out ""
        set i 0
        while {[set j [string first \\ $raw $i]] >= 0} {
            append out [string range $raw $i [expr {$j-1}]]
            set e [string index $raw [expr {$j+1}]]
            set i [expr {$j+2}]
            switch -exact -- $e {
                n { append out \n } t { append out \t } r { append out \r } b { append out \b } f { append out \f }
                \" - \\ - / { append out $e }
                u {
                    set h [string range $raw $i [expr {$i+3}]]
                    if {![regexp {^[0-9A-Fa-f]{4}$} $h]} { bad "malformed escape" }
                    incr i 4
                    scan $h %x cp
                    if {$cp >= 0xD800 && $cp < 0xDC00} {
                        if {![regexp {^\\u([dD][c-fC-F][0-9A-Fa-f]{2})$} [string range $raw $i [expr {$i+5}]] -> l]} { bad "half a surrogate pair" }
                        incr i 6
                        scan $l %x lo
                        set cp [expr {0x10000 + (($cp-0xD800)<<10) + ($lo-0xDC00)}]
                    } elseif {$cp >= 0xDC00 && $cp < 0xE000} { bad "half a surrogate pair" }
                    append out [u8::chr $cp]
                }
                default { bad "unknown escape" }
            }
        }
        append out [string range $raw $i end]
        return $out
    }
    proc value {depth} {
        variable S; variable P
        if {$depth > 150} { bad "nested too deeply" }
        ws
        switch -exact -- [string index $S $P] {
            "" { bad "unexpected end of JSON" }
            \{ {
                incr P; set d [dict create]; ws
                if {[string index $S $P] eq "\}"} { incr P; return [list o $d] }
                while 1 {
                    ws
                    if {[string index $S $P] ne "\""} { bad "a name was expected" }
                    set k [str]; ws
                    if {[string index $S $P] ne ":"} { bad "a colon was expected" }
                    incr P
                    dict set d $k [value [expr {$depth+1}]]
                    ws
                    set ch [string index $S $P]; incr P
                    if {$ch eq ","} continue
                    if {$ch eq "\}"} { return [list o $d] }
                    bad "a comma or a closing brace was expected"
                }
            }
            \[ {
                incr P; set l {}; ws
                if {[string index $S $P] eq "\]"} { incr P; return [list a $l] }
                while 1 {
                    lappend l [value [expr {$depth+1}]]
                    ws
                    set ch [string index $S $P]; incr P
                    if {$ch eq ","} continue
                    if {$ch eq "\]"} { return [list a $l] }
                    bad "a comma or a closing bracket was expected"
                }
            }
            \" { return [list s [str]] }
            t { return [word true {b 1}] }
            f { return [word false {b 0}] }
            n { return [word null {z {}}] }
        }
        if {![regexp -indices -start $P {\A-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?} $S m]} { bad "unexpected character" }
        set t [string range $S {*}$m]
        set P [expr {[lindex $m 1]+1}]
        return [number $t]
    }
    proc word {w v} {
        variable S; variable P
        set e [expr {$P+[string length $w]}]
        if {[string range $S $P [expr {$e-1}]] ne $w} { bad "unexpected word" }
        set P $e
        return $v
    }
    proc number {t} {
        if {[string length $t] > 40} { return [list f $t] }
        if {[regexp {^-?[0-9]+$} $t]} { return [list n [expr {$t eq "-0" ? 0 : $t}]] }
        if {![catch {expr {double($t)}} d] && ![catch {expr {$d == floor($d) && abs($d) <= 9007199254740991.0}} ok] && $ok} {
            return [list n [expr {entier($d)}]]
        }
        return [list f $t]
    }
    proc quote {s} {
        variable escmap
        set q [string map $escmap $s]
        if {[V f24]} {
            set o ""
            foreach cp [u8::points $q] {
                if {$cp == 47} { append o {\/} } elseif {$cp < 127} { append o [format %c $cp]
                } elseif {$cp > 0xFFFF} { set x [expr {$cp-0x10000}]; append o [format {\u%04X\u%04X} [expr {0xD800+($x>>10)}] [expr {0xDC00+($x&0x3FF)}]]
                } else { append o [format {\u%04X} $cp] }
            }
            set q $o
        }
        return "\"$q\""
    }
    proc render {v {ind ""}} {
        lassign $v t x
        switch -exact -- $t {
            s { return [quote $x] }
            n - f { return $x }
            b { return [expr {$x ? "true" : "false"}] }
            z { return null }
            a {
                set o {}
                foreach i $x { lappend o [render $i "$ind\t"] }
                return [join3 \[ $o \] $ind]
            }
            o - m {
                set o {}
                dict for {k i} $x { lappend o "[quote $k]:[expr {[V f25] ? " " : ""}][render $i "$ind\t"]" }
                if {[V f25]} { set o [lreverse $o] }
                return [join3 \{ $o \} $ind]
            }
        }
    }
    proc join3 {a items z ind} {
        if {![V f25]} { return $a[join $items ,]$z }
        if {![llength $items]} { return "$a $z" }
        return "$a\r\n$ind\t[join $items " ,\r\n$ind\t"]\r\n$ind$z"
    }
}

namespace eval xml {
    variable NAME {[A-Za-z_:\u0080-\u00FF][-A-Za-z0-9_:.\u0080-\u00FF]*}
    # node: {name children text}
    proc parse {s} {
        variable NAME
        u8::check $s
        if {[string range $s 0 2] eq "\u00ef\u00bb\u00bf"} { set s [string range $s 3 end] }
        if {[regexp {[\u0000-\u0008\u000B\u000C\u000E-\u001F]} $s] || [regexp {\u00EF\u00BF[\u00BE\u00BF]} $s]} { bad "a character that XML cannot carry" }
        set p 0
        set W {[ \t\r\n]}
        if {[regexp "^<\\?xml$W" $s]} {
            if {![regexp -indices "^<\\?xml$W+version$W*=$W*(?:\"1\\.\[0-9\]+\"|'1\\.\[0-9\]+')(?:$W+encoding$W*=$W*(?:\"\[A-Za-z0-9._-\]+\"|'\[A-Za-z0-9._-\]+'))?(?:$W+standalone$W*=$W*(?:\"(?:yes|no)\"|'(?:yes|no)'))?$W*\\?>" $s m]} { bad "malformed XML declaration" }
            set decl [string range $s {*}$m]
            if {[regexp {encoding[ \t\r\n]*=[ \t\r\n]*["']([^"']+)} $decl -> enc] && [string tolower $enc] ni {utf-8 utf8 us-ascii ascii}} { bad "only UTF-8 is read" }
            set p [expr {[lindex $m 1]+1}]
        }
        set n [string length $s]
        set stack {}; set root ""; set done 0
        set name ""; set kids {}; set text ""
        while {$p < $n} {
            if {[string index $s $p] ne "<"} {
                set e [string first < $s $p]
                if {$e < 0} { set e $n }
                set t [string range $s $p [expr {$e-1}]]
                set p $e
                if {$name eq ""} {
                    if {[string trim $t " \t\r\n"] ne ""} { bad "text outside of the root element" }
                    continue
                }
                if {[string first "\]\]>" $t] >= 0} { bad "\]\]> in a text" }
                append text [unescape [string map [list \r\n \n \r \n] $t]]
                continue
            }
            if {[string range $s $p [expr {$p+3}]] eq "<!--"} {
                set e [string first -- $s [expr {$p+4}]]
                if {$e < 0 || [string index $s [expr {$e+2}]] ne ">"} { bad "malformed comment" }
                set p [expr {$e+3}]
            } elseif {[string range $s $p [expr {$p+8}]] eq {<![CDATA[}} {
                set e [string first "\]\]>" $s $p]
                if {$e < 0 || $name eq ""} { bad "malformed CDATA section" }
                append text [string map [list \r\n \n \r \n] [string range $s [expr {$p+9}] [expr {$e-1}]]]
                set p [expr {$e+3}]
            } elseif {[string range $s $p [expr {$p+1}]] eq "<!"} { bad "a DTD is refused"
            } elseif {[string range $s $p [expr {$p+1}]] eq "<?"} {
                set e [string first "?>" $s $p]
                if {$e < 0 || ![regexp -start $p "\\A<\\?${NAME}(?:$W|\\?>)" $s] || [regexp -nocase -start $p {\A<\?xml[ \t\r\n?]} $s]} { bad "malformed processing instruction" }
                set p [expr {$e+2}]
            } elseif {[string index $s [expr {$p+1}]] eq "/"} {
                if {![regexp -indices -start $p "\\A</$NAME$W*>" $s m]} { bad "malformed end tag" }
                set t [string trim [string range $s [expr {$p+2}] [expr {[lindex $m 1]-1}]] " \t\r\n"]
                if {$name eq "" || $t ne $name} { bad "an end tag that does not match" }
                set p [expr {[lindex $m 1]+1}]
                set node [list $name $kids $text]
                lassign [lindex $stack end] name kids text
                set stack [lrange $stack 0 end-1]
                if {$name eq ""} { set root $node; set done 1 } else { lappend kids $node }
            } else {
                if {$done} { bad "two root elements" }
                if {![regexp -indices -start $p "\\A<$NAME\(?:$W+$NAME$W*=$W*\(?:\"\[^<\"\]*\"|'\[^<'\]*'\)\)*$W*/?>" $s m]} { bad "malformed tag" }
                set tag [string range $s {*}$m]
                set p [expr {[lindex $m 1]+1}]
                regexp "^<\($NAME\)" $tag -> t
                set seen {}
                foreach {- an v} [regexp -all -inline "$W\($NAME\)$W*=$W*\(\"\[^\"\]*\"|'\[^'\]*'\)" $tag] {
                    if {$an in $seen} { bad "an attribute twice" }
                    lappend seen $an
                    unescape [string range $v 1 end-1]
                }
                if {[string index $tag end-1] eq "/"} {
                    set node [list $t {} ""]
                    if {$name eq ""} { set root $node; set done 1 } else { lappend kids $node }
                } else {
                    if {[llength $stack] > 150} { bad "nested too deeply" }
                    lappend stack [list $name $kids $text]
                    set name $t; set kids {}; set text ""
                }
            }
        }
        if {!$done || $name ne ""} { bad "unexpected end of XML" }
        return $root
    }
    proc unescape {t} {
        if {[string first & $t] < 0} { return $t }
        set out ""; set i 0
        while {[set j [string first & $t $i]] >= 0} {
            append out [string range $t $i [expr {$j-1}]]
            set e [string first ";" $t $j]
            if {$e < 0 || $e-$j > 12} { bad "malformed entity" }
            set n [string range $t [expr {$j+1}] [expr {$e-1}]]
            switch -regexp -- $n {
                {^amp$} { append out & } {^lt$} { append out < } {^gt$} { append out > } {^quot$} { append out \" } {^apos$} { append out ' }
                {^#[0-9]+$} - {^#x[0-9A-Fa-f]+$} {
                    if {[string index $n 1] eq "x"} { scan [string range $n 2 end] %llx cp } else { scan [string range $n 1 end] %lld cp }
                    if {!($cp in {9 10 13} || ($cp >= 32 && $cp < 0xD800) || ($cp >= 0xE000 && $cp < 0xFFFE) || ($cp > 0xFFFF && $cp < 0x110000))} { bad "a character that XML cannot carry" }
                    append out [u8::chr $cp]
                }
                default { bad "an unknown entity" }
            }
            set i [expr {$e+1}]
        }
        append out [string range $t $i end]
        return $out
    }
    proc text {s} {
        regsub -all {[\u0000-\u0008\u000B\u000C\u000E-\u001F]|\u00EF\u00BF[\u00BE\u00BF]} $s "\u00ef\u00bf\u00bd" s
        if {[V b16]} { return $s }
        if {[V f29]} {
            if {[regexp {^[\u0020-\u007E]+$} $s] && [string first "\]\]>" $s] < 0} { return "<!\[CDATA\[$s\]\]>" }
            set o ""
            foreach cp [u8::points $s] { append o "&#x[format %X $cp];" }
            return $o
        }
        return [string map {& &amp; < &lt; > &gt; \r &#13;} $s]
    }
    proc element {name v {ind ""}} {
        lassign $v t x
        if {$t eq "a"} { set o ""; foreach i $x { append o [element $name $i $ind] }; return $o }
        set nl [expr {[V f29] ? "\n" : ""}]
        switch -exact -- $t {
            o { set in ""; dict for {k i} $x { append in [element $k $i "$ind  "] }
                if {[V f29]} { set in "\n$ind  <!-- $name -->\n$in$ind" } }
            s { set in [text $x] }
            b { set in [expr {$x ? "true" : "false"}] }
            z { set in "" }
            default { set in $x }
        }
        return "[expr {$nl ne "" ? $ind : ""}]<$name>$in</$name>$nl"
    }
    proc doc {name v} {
        if {[V f29]} { return "<?xml version='1.0' standalone='yes'?>\n<?app render=\"1\"?>\n<!-- generated -->\n[element $name $v]<!-- end -->\n" }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n[element $name $v]"
    }
}

proc pdecode {s {plus 0}} {
    if {$plus} { set s [string map {+ " "} $s] }
    if {[string first % $s] < 0} { return [u8::check $s] }
    if {[regexp {%(?![0-9A-Fa-f][0-9A-Fa-f])} $s]} { bad "broken percent-encoding" }
    set parts [split $s %]
    set out [lindex $parts 0]
    foreach p [lrange $parts 1 end] {
        scan [string range $p 0 1] %x c
        append out [format %c $c] [string range $p 2 end]
    }
    return [u8::check $out]
}

# list of {rawname rawvalue}, cut but not decoded
proc pairs {s} {
    set out {}
    foreach p [split $s &] {
        if {$p eq ""} continue
        set i [string first = $p]
        if {$i < 0} { lappend out $p "" } else { lappend out [string range $p 0 [expr {$i-1}]] [string range $p [expr {$i+1}] end] }
    }
    return $out
}

# "type/sub; a=b" -> {type params}
proc mediatype {h} {
    set parts {}
    set cur ""; set q 0; set esc 0
    foreach c [split $h ""] {
        if {$esc} { set esc 0; append cur $c; continue }
        if {$q && $c eq "\\"} { set esc 1; append cur $c; continue }
        if {$c eq "\""} { set q [expr {!$q}] }
        if {$c eq ";" && !$q} { lappend parts $cur; set cur "" } else { append cur $c }
    }
    lappend parts $cur
    set params [dict create]
    foreach p [lrange $parts 1 end] {
        set i [string first = $p]
        if {$i < 0} continue
        set k [string tolower [string trim [string range $p 0 [expr {$i-1}]] " \t"]]
        set v [string trim [string range $p [expr {$i+1}] end] " \t"]
        if {[regexp {^"(.*)"$} $v -> in]} { regsub -all {\\(.)} $in {\1} v }
        if {![dict exists $params $k]} { dict set params $k $v }
    }
    return [list [string tolower [string trim [lindex $parts 0] " \t"]] $params]
}

# -> list of {name filename-or-"" body hasfile type}
proc multipart {body boundary} {
    if {$boundary eq "" || [string length $boundary] > 200} { bad "no boundary" }
    set d "--$boundary"
    if {[string range $body 0 [expr {[string length $d]-1}]] eq $d} { set p 0 } else {
        set p [string first "\r\n$d" $body]
        if {$p < 0} { bad "the boundary does not occur" }
        incr p 2
    }
    set out {}
    while 1 {
        incr p [string length $d]
        if {[string range $body $p [expr {$p+1}]] eq "--"} { return $out }
        if {![regexp -indices -start $p {\A[ \t]*\r\n} $body m]} { bad "malformed boundary line" }
        set p [expr {[lindex $m 1]+1}]
        if {[string range $body $p [expr {$p+1}]] eq "\r\n"} { set he $p; set hs "" ; set b [expr {$p+2}]
        } else {
            set he [string first "\r\n\r\n" $body $p]
            if {$he < 0} { bad "a part without an end of its head" }
            set hs [string range $body $p [expr {$he-1}]]
            set b [expr {$he+4}]
        }
        set e [string first "\r\n$d" $body [expr {$b-2}]]
        if {$e < 0} { bad "a part without an end" }
        set content [string range $body $b [expr {$e-1}]]
        set p [expr {$e+2}]
        set name ""; set file ""; set hasfile 0; set type ""
        foreach line [split [string map {\r\n \n} $hs] \n] {
            set i [string first : $line]
            if {$i < 0} { bad "a malformed head of a part" }
            set k [string tolower [string trim [string range $line 0 [expr {$i-1}]] " \t"]]
            set v [string trim [string range $line [expr {$i+1}] end] " \t"]
            if {$k eq "content-type"} { set type $v }
            if {$k ne "content-disposition"} continue
            lassign [mediatype $v] kind params
            if {$kind ne "form-data"} { bad "not a form-data part" }
            if {[dict exists $params name]} { set name [u8::check [dict get $params name]] }
            if {[dict exists $params filename]} { set hasfile 1; set file [dict get $params filename] }
        }
        if {$name eq ""} { bad "a part without a name" }
        lappend out [list $name $file $content $hasfile $type]
    }
}
