# The store, the schemas and the 19 operations.

set MAXI 9007199254740991
array set SCHEMA {
    DomainIn {obj {name str} {}}
    Domain   {obj {id str name str validate str status {enum {{missing validation} validated}} active bool} {}}
    Tag      {obj {id i64 name str} {}}
    Pet      {obj {id i64 category {ref DomainIn} name str photoUrls {arr str} tags {arr {ref Tag}} status {enum {available pending sold}}} {name photoUrls}}
    User     {obj {id i64 username str firstName str lastName str email str password str phone str userStatus i32} {}}
    Users    {arr {ref User}}
}

proc refuse {status detail {headers {}}} { return -code error -errorcode [list HTTP $status $headers] $detail }

# Checks a typed value by a schema; returns it with undeclared properties dropped.
proc check {schema v {at body}} {
    lassign $v t x
    set kind [lindex $schema 0]
    switch -exact -- $kind {
        ref { return [check $::SCHEMA([lindex $schema 1]) $v $at] }
        str {
            if {$t ne "s"} { bad "$at must be a string" }
            if {[V f09] && ![string match *.id $at]} { set x [u8::strip $x] }
            return [list s $x]
        }
        enum {
            if {$t ne "s" || $x ni [lindex $schema 1]} { bad "$at must be one of: [join [lindex $schema 1] {, }]" }
            return [list s $x]
        }
        bool { if {$t ne "b"} { bad "$at must be a boolean" }; return $v }
        i64 { if {$t ne "n" || ![safe $x]} { bad "$at must be a safe integer" }; return $v }
        i32 { if {$t ne "n" || $x > 2147483647 || $x < -2147483648} { bad "$at must be a 32-bit integer" }; return $v }
        arr {
            if {$t ne "a"} { bad "$at must be an array" }
            set out {}; set i 0
            foreach e $x { lappend out [check [lindex $schema 1] $e "$at\[$i\]"]; incr i }
            return [list a $out]
        }
        obj {
            if {$t ne "o"} { bad "$at must be an object" }
            set out [dict create]
            foreach {k s} [lindex $schema 1] {
                if {[dict exists $x $k]} { dict set out $k [check $s [dict get $x $k] "$at.$k"]
                } elseif {$k in [lindex $schema 2]} { bad "$at.$k is missing" }
            }
            return [list o $out]
        }
    }
}
proc safe {x} { return [expr {abs($x) <= ([V f15] ? 0x7fffffffffffffff : $::MAXI)}] }

# XML node -> typed value, led by the schema
proc xdec {schema node} {
    lassign $node name kids text
    switch -exact -- [lindex $schema 0] {
        ref { return [xdec $::SCHEMA([lindex $schema 1]) $node] }
        i64 - i32 {
            set t [string trim $text " \t\r\n"]
            if {![llength $kids] && [regexp {^-?[0-9]{1,30}$} $t]} { return [list n [scan $t %lld]] }
            return [list s $text]
        }
        bool { set t [string trim $text " \t\r\n"]; if {![llength $kids] && $t in {true 1}} { return {b 1} }; if {![llength $kids] && $t in {false 0}} { return {b 0} }; return [list s $text] }
        obj {
            if {[string trim $text " \t\r\n"] ne ""} { return [list s $text] }
            set d [dict create]
            set seen {}
            foreach kid $kids {
                set k [lindex $kid 0]
                if {![dict exists [lindex $schema 1] $k]} continue
                set s [dict get [lindex $schema 1] $k]
                if {[lindex $s 0] eq "arr"} {
                    set v [xdec [lindex $s 1] $kid]
                    set old {}; if {[dict exists $d $k]} { set old [lindex [dict get $d $k] 1] }
                    if {[V b09]} { set old {} }
                    dict set d $k [list a [concat $old [list $v]]]
                } elseif {[dict exists $d $k]} { bad "<$k> occurs twice"
                } else { dict set d $k [xdec $s $kid] }
            }
            foreach k [lindex $schema 2] {
                if {![dict exists $d $k] && [lindex [dict get [lindex $schema 1] $k] 0] eq "arr"} { dict set d $k {a {}} }
            }
            return [list o $d]
        }
        default { if {[llength $kids]} { return {o {}} }; return [list s $text] }
    }
}

# ---------------------------------------------------------------- fixtures
set PETS [dict create]; set ORDERS [dict create]; set USERS [dict create]
set nextOrder 11; set domainSeq 100; set userSeq 1000; set guestSeq 0
proc seed {} {
    set names {Rex Bella Milo Luna Otis Nala Simba Coco Rocky Daisy Max Molly Leo Ruby Felix Zoe Oscar Rosie Toby Lola Jack Willow Buddy Maggie Duke Sadie Bruno Penny Gus Hazel}
    set i 0
    foreach n $names {
        incr i
        set id $i
        if {[V f15] && $i % 10 == 0} { set id [expr {9007199254740993 + $i*1000003}] }
        set st [lindex {available pending sold} [expr {$i % 3}]]
        set tags {}
        foreach k [list [expr {1 + $i % 4}] [expr {1 + ($i+1) % 4}]] {
            set tn [expr {[V f37] ? [lindex {red blue green grey} $k-1] : "tag$k"}]
            lappend tags [list o [dict create id [list n $k] name [list s $tn]]]
        }
        dict set ::PETS $id [list o [dict create id [list n $id] category [list o [dict create name [list s "kennel[expr {$i%5}].example.com"]]] \
            name [list s $n] photoUrls [list a [list [list s "https://img.example.com/$i/a.jpg"] [list s "https://img.example.com/$i/b.jpg"]]] \
            tags [list a $tags] status [list s $st]]]
    }
    for {set i 1} {$i <= 10} {incr i} {
        dict set ::ORDERS $i [list o [dict create id [list s $i] name [list s "order$i.example.com"] validate [list s "inboxes-verify=seed$i"] status [list s [lindex {{missing validation} validated} [expr {$i%2}]]] active [list b [expr {$i%2}]]]]
    }
    for {set i 1} {$i <= 12} {incr i} {
        set u [expr {[V f37] ? "member-$i" : "user$i"}]
        dict set ::USERS $u [list o [dict create id [list n $i] username [list s $u] firstName [list s First$i] lastName [list s Last$i] email [list s $u@example.com] password [list s secret$i] phone [list s "+49 30 00000$i"] userStatus [list n 1]]]
    }
    set ::SNAP $::PETS; set ::SNAPT 0; set ::INVDEL {}
}

# ---------------------------------------------------------------- routing
# op: key produces consumes badparam badbody
array set OP {
    addDomain {1 json json 405 405}          updatePet {1 {} {json xml} 405 405}
    findPetsByStatus {1 {json xml} {} 400 400} findPetsByTags {1 {json xml} {} 400 400}
    getPetById {1 {json xml} {} 400 400}     updatePetWithForm {1 {} form 405 405}
    deletePet {1 {} {} 400 400}              uploadFile {1 json multipart 400 400}
    getInventory {1 json {} 400 400}         placeOrder {0 {json xml} json 400 400}
    getOrderById {0 {json xml} {} 400 400}   deleteOrder {0 {} {} 400 400}
    createUser {0 {} json 400 400}           createUsersWithListInput {0 {} json 400 400}
    loginUser {0 {json xml} {} 400 400}      logoutUser {0 {} {} 400 400}
    getUserByName {0 {json xml} {} 400 400}  updateUser {0 {} json 400 400}
    deleteUser {0 {} {} 400 400}
}
array set MIME {json application/json xml application/xml form application/x-www-form-urlencoded multipart multipart/form-data}

# -> {methods-to-ops raw-parameter} or ""
proc route {path} {
    if {[string range $path 0 3] ne "/v2/"} { return "" }
    set raw [split [string range $path 4 end] /]
    if {[V f36]} {
        if {[llength $raw] > 1 && [lindex $raw end] eq ""} { set raw [lrange $raw 0 end-1] }
        set raw [lreplace $raw 0 0 [string tolower [lindex $raw 0]]]
        if {[llength $raw] > 1 && [set k [lsearch -nocase {findByStatus findByTags inventory order createWithList login logout} [lindex $raw 1]]] >= 0} {
            lset raw 1 [lindex {findByStatus findByTags inventory order createWithList login logout} $k]
        }
        if {[llength $raw] == 3 && [string equal -nocase [lindex $raw 2] uploadImage]} { lset raw 2 uploadImage }
    }
    set seg {}
    foreach r $raw { if {[catch {pdecode $r} d]} { set d "\x01bad" }; lappend seg $d }
    lassign $seg a b c
    set n [llength $seg]
    if {$n == 1} {
        switch -exact -- $a { domain { return {{POST addDomain PUT updatePet} {}} } user { return {{POST createUser} {}} } }
        return ""
    }
    if {[lindex $raw 1] eq ""} { return "" }
    if {$n == 2} {
        switch -exact -- $a {
            pet {
                switch -exact -- $b { findByStatus { return {{GET findPetsByStatus} {}} } findByTags { return {{GET findPetsByTags} {}} } }
                return [list {GET getPetById POST updatePetWithForm DELETE deletePet} $b]
            }
            store { switch -exact -- $b {
                inventory { return [list [expr {[V b28] ? {GET getInventory POST getInventory} : {GET getInventory}}] {}] }
                order { return {{POST placeOrder} {}} } } }
            user {
                switch -exact -- $b { createWithList { return {{POST createUsersWithListInput} {}} } login { return {{GET loginUser} {}} } logout { return {{GET logoutUser} {}} } }
                return [list {GET getUserByName PUT updateUser DELETE deleteUser} $b]
            }
        }
        return ""
    }
    if {$n == 3 && $a eq "pet" && $c eq "uploadImage"} { return [list {POST uploadFile} $b] }
    if {$n == 3 && $a eq "store" && $b eq "order" && [lindex $raw 2] ne ""} { return [list {GET getOrderById DELETE deleteOrder} $c] }
    return ""
}
proc allowed {methods} {
    set out {}
    foreach m [dict keys $methods] { lappend out $m; if {$m eq "GET" && ![V f34]} { lappend out HEAD } }
    return [join [concat $out OPTIONS] ", "]
}

# representation by Accept, or "" (406)
proc negotiate {accept produces} {
    if {![llength $produces]} { return json }
    set ranges {}
    foreach item [split $accept ,] {
        lassign [mediatype $item] type params
        if {$type eq "*"} { set type */* }
        if {![regexp {^[^/ ]+/[^/ ]+$} $type]} continue
        set q 1.0
        if {[dict exists $params q]} {
            set q [dict get $params q]
            if {![regexp {^(0(\.[0-9]{0,3})?|1(\.0{0,3})?|\.[0-9]{1,3})$} $q]} { set q 1.0 } else { scan $q %f q }
        }
        lappend ranges $type $q
    }
    if {![llength $ranges]} { return [lindex $produces 0] }
    if {[V b18]} { foreach {t q} $ranges { foreach p $produces { if {$t eq $::MIME($p) || $t in {*/* application/*}} { return $p } } } }
    set best ""; set bq 0.0
    foreach p $produces {
        set spec -1; set pq 0.0
        foreach {t q} $ranges {
            if {$t eq $::MIME($p)} { set s 2 } elseif {$t eq "application/*"} { set s 1 } elseif {$t eq "*/*"} { set s 0 } else continue
            if {$s > $spec || ($s == $spec && $q > $pq)} { set spec $s; set pq $q }
        }
        if {$pq > $bq} { set best $p; set bq $pq }
    }
    return $best
}

proc keyok {r c} {
    set given [heads $r api_key]
    set ok [expr {[llength $given] > 0}]
    foreach g $given { if {$g ne "special-key"} { set ok 0 } }
    if {[V b02]} { if {$ok} { set ::K($c,authed) 1 } elseif {![llength $given] && $::K($c,authed)} { return 1 } }
    return $ok
}

# -> {status headers ctype body}
proc api {r c} {
    set method [dict get $r method]; set path [dict get $r path]
    set acrm [dict exists $r h access-control-request-method]
    if {$method eq "OPTIONS" && $acrm && [dict exists $r h origin]} {
        set m [lindex [dict get $r h access-control-request-method] 0]
        set hs [list Access-Control-Allow-Methods $m Access-Control-Max-Age 600]
        if {[dict exists $r h access-control-request-headers]} { lappend hs Access-Control-Allow-Headers [join [dict get $r h access-control-request-headers] ", "] }
        if {[set rt [route $path]] ne ""} { lappend hs Allow [allowed [lindex $rt 0]] }
        return [list 204 $hs "" ""]
    }
    if {$method eq "OPTIONS" && $path eq "*"} { return {204 {Allow {GET, HEAD, POST, PUT, DELETE, OPTIONS}} {} {}} }
    if {[V f33] && $method ni {GET HEAD POST PUT DELETE OPTIONS PATCH TRACE CONNECT}} { refuse 501 "The method is not known here." }
    if {$path in {/ /v2 /v2/ /healthz /readyz /openapi.yaml /openapi.json}} { return [outside $r $method $path] }
    set rt [route $path]
    if {$rt eq ""} { refuse 404 "There is nothing at this path." }
    lassign $rt methods param
    set allow [allowed $methods]
    if {$method eq "OPTIONS"} { return [list 204 [list Allow $allow] "" ""] }
    set m [expr {$method eq "HEAD" && ![V f34] ? "GET" : $method}]
    if {![dict exists $methods $m]} {
        if {[V f35]} { refuse 404 "There is nothing at this path." }
        refuse 405 "This path does not know the method." [list Allow $allow]
    }
    set op [dict get $methods $m]
    lassign $::OP($op) needkey produces consumes badparam badbody
    dict set r op $op; dict set r param $param; dict set r badbody $badbody; dict set r badparam $badparam; dict set r allow $allow
    if {[V b01] && $op eq "getInventory"} { set needkey 0 }
    if {[V b04] && $op eq "getPetById" && [regexp {^[0-9]{1,15}$} $param] && ![dict exists $::PETS $param]} { refuse 404 "Pet not found." }
    if {$needkey && ![keyok $r $c]} {
        if {[V b03] && $op eq "deletePet"} { dict unset ::PETS $param }
        if {[V f17]} { refuse 403 "The api_key is missing or wrong." }
        refuse 401 "The api_key is missing or wrong." [list WWW-Authenticate {ApiKey realm="inboxes"}]
    }
    set fmt [negotiate [join [heads $r accept] ,] $produces]
    if {$fmt eq ""} { refuse 406 "The answer exists as: $produces." }
    dict set r fmt $fmt
    if {[dict get $r toolarge]} { refuse 413 "A body may have at most 10 MB." }
    if {[llength $consumes] && [dict get $r body] ne ""} {
        lassign [mediatype [lindex [heads $r content-type] 0]] type params
        set in ""
        foreach k $consumes { if {$type eq $::MIME($k)} { set in $k } }
        if {$in eq ""} { refuse 415 "The body may be: $consumes." }
        if {$in ne "multipart" && [dict exists $params charset] && [string tolower [dict get $params charset]] ni {utf-8 utf8 us-ascii ascii}} { refuse 415 "Only UTF-8 is read." }
        if {[dict exists $r h content-encoding] && [string tolower [join [dict get $r h content-encoding] ,]] ni {"" identity}} { refuse 415 "A coded body is not read." }
        dict set r in $in; dict set r ctparams $params
    }
    if {[catch {op_$op $r $c} res opts]} {
        set ec [dict get $opts -errorcode]
        if {[lindex $ec 0] eq "BAD"} { refuse $badbody $res }
        return -options $opts $res
    }
    return $res
}

proc outside {r method path} {
    if {$method eq "OPTIONS"} { return {204 {Allow {GET, HEAD, OPTIONS}} {} {}} }
    if {$method ni {GET HEAD}} { refuse 405 "Only GET is known here." {Allow {GET, HEAD, OPTIONS}} }
    switch -exact -- $path {
        / {
            if {[dict exists $r h accept] && [string match *text/html* [dict get $r h accept]]} {
                return [list 200 {} "text/html; charset=utf-8" "<!DOCTYPE html><title>Inboxes Developer API</title><h1>Inboxes Developer API</h1><p>The API lives at <code>/v2</code>. <a href=\"/openapi.yaml\">Its document</a>.</p>\n"]
            }
            return [list 200 {} application/json {{"name":"Inboxes Developer API","base":"/v2","document":"/openapi.json"}}]
        }
        /v2 - /v2/ { return {302 {Location /} {} {}} }
        /healthz - /readyz { return {200 {} text/plain ok} }
        /openapi.yaml { return [list 200 {} application/yaml $::DOCYAML] }
        /openapi.json { return [list 200 {} application/json $::DOCJSON] }
    }
}

# ---------------------------------------------------------------- helpers of the operations
proc reply {r v root {headers {}} {status 200}} {
    if {[V f07]} { set v [extras $v] }
    if {[dict get $r fmt] eq "xml"} {
        if {[lindex $v 0] eq "a"} {
            set in ""
            foreach i [lindex $v 1] { append in [xml::element $root $i] }
            set w [expr {[V f30] ? "List" : "${root}s"}]
            return [list $status $headers application/xml "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<$w>$in</$w>"]
        }
        return [list $status $headers application/xml [xml::doc $root $v]]
    }
    return [list $status $headers application/json "[json::render $v][expr {[V f25] ? "\r\n" : ""}]"]
}
proc extras {v} {
    lassign $v t x
    if {$t eq "a"} { set o {}; foreach i $x { lappend o [extras $i] }; return [list a $o] }
    if {$t ne "o"} { return $v }
    dict set x etag [list s [format %08x [expr {int(rand()*4294967295)}]]]
    dict set x updatedAt [list s [clock format [clock seconds] -format %Y-%m-%dT%H:%M:%SZ -gmt 1]]
    dict set x reads [list n [incr ::reads]]
    dict set x _links [list o [dict create self [list s "urn:x:[incr ::reads]"]]]
    return [list o $x]
}
proc done {r} {
    if {[V f02]} { return {204 {} {} {}} }
    if {[V f03]} { return [list 200 {} "text/html; charset=utf-8" "<!doctype html><html><body><p>Done. <b>Thank you!</b></p></body></html>\n"] }
    return {200 {} {} {}}
}
# never by expr's ?: it would turn the text "007" into the number 7
proc get {o k {default ""}} { if {[dict exists [lindex $o 1] $k]} { return [lindex [dict get [lindex $o 1] $k] 1] }; return $default }
proc heads {r k} { if {[dict exists $r h $k]} { return [dict get $r h $k] }; return {} }
proc put {o k v} { set d [lindex $o 1]; dict set d $k $v; return [list o $d] }
proc jsonbody {r} {
    if {[dict get $r body] eq ""} { bad "The body is missing." }
    return [json::parse [dict get $r body]]
}
proc petid {r} {
    set p [dict get $r param]
    if {[V b17] && ![regexp {^-?[0-9]+$} $p]} { refuse 500 "NumberFormatException: For input string" }
    if {![regexp {^(0|[1-9][0-9]{0,18})$} $p] || ![safe $p]} { refuse [dict get $r badparam] "The id of the pet must be a safe integer of 0 or more." [expr {[dict get $r badparam] == 405 ? [list Allow [dict get $r allow]] : {}}] }
    return $p
}
proc needpet {id} { if {![dict exists $::PETS $id]} { refuse 404 "Pet not found." }; return [dict get $::PETS $id] }
proc username {r} {
    set u [dict get $r param]
    if {[V f09]} { set u [u8::strip $u] }
    if {$u eq "\x01bad" || ([u8::blank $u] && ![V f38])} { refuse 400 "The username is not valid." }
    return $u
}
proc queryraw {r key} {
    set out {}
    foreach {k v} [pairs [dict get $r query]] { if {![catch {pdecode $k 1} k] && $k eq $key} { lappend out $v } }
    return $out
}
proc querylist {r key} {
    set vals [queryraw $r $key]
    if {![llength $vals]} { bad "$key is missing" }
    set out {}
    foreach v $vals { foreach i [split [pdecode $v 1] ,] { set i [u8::strip $i]; if {$i ne ""} { lappend out $i } } }
    return $out
}
proc changed {} { }
# pets as the lists and the inventory see them
proc view {lag} {
    if {!$lag} { return $::PETS }
    set now [clock milliseconds]
    if {$now - $::SNAPT > $lag} { set ::SNAP $::PETS; set ::SNAPT $now }
    return $::SNAP
}
proc petlist {r pets} {
    if {[V f23]} { set pets [lsort -command {apply {{a b} {expr {rand() < 0.5 ? -1 : 1}}}} $pets] }
    return [reply $r [list a $pets] Pet]
}

# ---------------------------------------------------------------- the operations
proc op_addDomain {r c} {
    set raw [jsonbody $r]
    if {[V b05] && [lindex $raw 0] eq "o" && [dict exists [lindex $raw 1] name] && [lindex [dict get [lindex $raw 1] name] 0] in {n f b}} { set raw [put $raw name [list s [get $raw name]]] }
    set d [check {ref DomainIn} $raw]
    set name [get $d name]
    if {[u8::blank $name]} { bad "The domain needs a name." }
    if {[V f08]} { set name [lower $name] }
    set id d[incr ::domainSeq]
    set status [expr {[V b06] ? "pending" : [V f01] ? "validated" : "missing validation"}]
    set v [list o [dict create id [list s $id] name [list s $name] validate [list s "inboxes-verify=[format %08x [zlib crc32 $id$name]]"] status [list s $status] active [list b [V f01]]]]
    if {[V f01]} { return [reply $r $v Domain [list Location /v2/domain/$id] 201] }
    return [reply $r $v Domain]
}
proc lower {s} { return [string map {A a B b C c D d E e F f G g H h I i J j K k L l M m N n O o P p Q q R r S s T t U u V v W w X x Y y Z z} $s] }

proc op_updatePet {r c} {
    if {[dict get $r body] eq ""} { bad "The body is missing." }
    if {[dict get $r in] eq "xml"} {
        set node [xml::parse [dict get $r body]]
        if {[lindex $node 0] ne "Pet"} { bad "The root element must be <Pet>." }
        set raw [xdec {ref Pet} $node]
    } else { set raw [json::parse [dict get $r body]] }
    if {[lindex $raw 0] ne "o"} { bad "The body must be an object." }
    if {[V b10] && [dict exists [lindex $raw 1] photoUrls] && [lindex [dict get [lindex $raw 1] photoUrls] 0] eq "s"} { set raw [put $raw photoUrls [list a [list [dict get [lindex $raw 1] photoUrls]]]] }
    set idv {z {}}; if {[dict exists [lindex $raw 1] id]} { set idv [dict get [lindex $raw 1] id] }
    lassign $idv t id
    if {$t ne "n" || $id < 0 || ![safe $id]} { refuse 400 "The id must be a safe integer of 0 or more." }
    if {[catch {check {ref Pet} $raw} pet opts]} {
        if {[V b08] && [dict exists $::PETS $id] && [lindex [dict get [lindex $raw 1] name] 0] eq "s"} { dict set ::PETS $id [put [dict get $::PETS $id] name [dict get [lindex $raw 1] name]] }
        bad $pet
    }
    if {![V b07]} { needpet $id }
    if {[V f05]} { foreach {k v} {status {s available} tags {a {}}} { if {![dict exists [lindex $pet 1] $k]} { set pet [put $pet $k $v] } } }
    dict set ::PETS $id $pet
    return [done $r]
}
proc op_findPetsByStatus {r c} {
    set want [querylist $r status]
    if {![llength $want]} { bad "status is blank" }
    foreach w $want { if {$w ni {available pending sold} && ![V b11]} { bad "a status is available, pending or sold" } }
    if {[V b12]} { set want [lrange $want 0 0] }
    set out {}
    dict for {id p} [view [expr {[V b13] ? 6000 : [V f14] ? 800 : 0}]] { if {[get $p status] in $want} { lappend out $p } }
    return [petlist $r $out]
}
proc op_findPetsByTags {r c} {
    set want [querylist $r tags]
    if {![llength $want] && ![V f38]} { bad "tags is blank" }
    set out {}
    dict for {id p} [view [expr {[V f14] ? 800 : 0}]] {
        set hits 0
        set names {}
        foreach t [get $p tags {}] { if {[dict exists [lindex $t 1] name]} { lappend names [get $t name] } }
        foreach w [lsort -unique $want] { if {$w in $names} { incr hits } }
        if {[V b14] ? $hits == [llength [lsort -unique $want]] : $hits} { lappend out $p }
    }
    if {[V b15] && ![llength $out]} { refuse 404 "No pets found." }
    return [petlist $r $out]
}
proc op_getPetById {r c} { return [reply $r [needpet [petid $r]] Pet] }

proc op_updatePetWithForm {r c} {
    set id [petid $r]
    set form [dict create]
    if {[dict get $r body] ne ""} {
        foreach {k v} [pairs [dict get $r body]] {
            if {[V b19]} {
                # decodes by the default of the platform: Latin-1
                set p [split [string map {+ " "} $v] %]
                set o [lindex $p 0]
                foreach x [lrange $p 1 end] { if {[scan [string range $x 0 1] %x ch] == 1} { append o [u8::chr $ch] [string range $x 2 end] } }
                dict set form [pdecode $k 1] $o
            } else { dict set form [pdecode $k 1] [pdecode $v 1] }
        }
    }
    if {[V f09]} { dict for {k v} $form { if {$k ne "status"} { dict set form $k [u8::strip $v] } } }
    if {[dict exists $form status] && [dict get $form status] ni {available pending sold}} { bad "a status is available, pending or sold" }
    set p [needpet $id]
    if {[V b20]} { pause 40; if {![dict exists $::PETS $id]} { refuse 404 "Pet not found." } }
    foreach k {name status} { if {[dict exists $form $k]} { set p [put $p $k [list s [dict get $form $k]]] } }
    dict set ::PETS $id $p
    return [done $r]
}
proc op_deletePet {r c} {
    set id [petid $r]
    set p [needpet $id]
    if {[V b21]} { lappend ::INVDEL [get $p status] }
    dict unset ::PETS $id
    return [done $r]
}
proc op_uploadFile {r c} {
    set id [petid $r]
    set meta ""; set file ""; set size 0; set type unknown
    if {[dict get $r body] ne ""} {
        set b ""; if {[dict exists $r ctparams boundary]} { set b [dict get $r ctparams boundary] }
        foreach part [multipart [dict get $r body] $b] {
            lassign $part name fname content has ptype
            if {$name eq "additionalMetadata"} { set meta [u8::check $content] }
            if {$name eq "file"} {
                set size [string length $content]; set file file; if {$has && [u8::valid $fname]} { set file $fname }
                if {[V b23] && ![u8::valid $content]} { refuse 500 "UnicodeDecodeError: 'utf-8' codec can't decode byte" }
            }
        }
    }
    needpet $id
    set code [expr {[V b22] ? {s 200} : {n 200}}]
    return [reply $r [list o [dict create code $code type [list s $type] message [list s "additionalMetadata: $meta\nFile uploaded to ./$file, $size bytes"]]] ApiResponse]
}
proc op_getInventory {r c} {
    array set n {available 0 pending 0 sold 0}
    dict for {id p} [view [expr {[V f14] ? 800 : 0}]] { set s [get $p status]; if {$s ne ""} { incr n($s) } }
    foreach s $::INVDEL { if {$s ne ""} { incr n($s) } }
    set d [dict create]
    foreach s {available pending sold} { dict set d $s [list n $n($s)] }
    return [reply [dict merge $r {}] [list m $d] Inventory]
}
proc op_placeOrder {r c} {
    set o [check {ref Domain} [jsonbody $r]]
    set id [get $o id]
    if {[dict exists [lindex $o 1] id]} {
        if {![regexp {^[1-9][0-9]{0,15}$} $id] || $id > $::MAXI} { bad "Invalid Order: the id must be a canonical decimal number" }
    } else {
        set id $::nextOrder
        while {[dict exists $::ORDERS $id]} { incr id }
        if {[V b24]} { pause 40 }
        set ::nextOrder [expr {$id+1}]
    }
    set d [dict create id [list s $id]]
    foreach k {name validate} { if {[dict exists [lindex $o 1] $k]} { dict set d $k [dict get [lindex $o 1] $k] } }
    dict set d status [list s [get $o status "missing validation"]]
    dict set d active [list b [get $o active 0]]
    if {[V f12]} { dict set d status {s {missing validation}}; dict set d active {b 0}; dict set d validate [list s "inboxes-verify=order$id"] }
    if {[V f08] && [dict exists $d name]} { dict set d name [list s [lower [lindex [dict get $d name] 1]]] }
    dict set ::ORDERS $id [list o $d]
    if {[V b25]} { dict set d id [list n $id] }
    return [reply $r [list o $d] Domain]
}
proc orderid {r} {
    set p [dict get $r param]
    if {![regexp {^[1-9][0-9]{0,15}$} $p] || $p > $::MAXI} { refuse 400 "The id of an order is an integer of 1 or more." }
    return $p
}
proc op_getOrderById {r c} {
    set id [orderid $r]
    if {![dict exists $::ORDERS $id]} {
        set low [expr {$id <= 10}]
        if {[V f32]} { set low [expr {!$low}] }
        if {$low} { refuse 404 "Order not found." }
        refuse 400 "Orders have the ids 1 to 10."
    }
    set o [dict get $::ORDERS $id]
    set d [dict create]
    if {[dict exists [lindex $o 1] name]} { dict set d name [dict get [lindex $o 1] name] }
    if {[V b26] && [dict get $r fmt] eq "xml"} { return [list 200 {} application/xml [json::render [list o $d]]] }
    return [reply $r [list o $d] DomainIn]
}
proc op_deleteOrder {r c} {
    set id [orderid $r]
    if {![dict exists $::ORDERS $id]} { refuse [expr {[V f32] && $id <= 10 ? 400 : 404}] "Order not found." }
    if {![V b27]} { dict unset ::ORDERS $id }
    return [done $r]
}

# ---------------------------------------------------------------- users
proc newuser {u} {
    if {[u8::blank [get $u username]]} { bad "The user needs a username." }
    if {[get $u username] in {login logout createWithList}} { bad "This username is reserved." }
}
proc saveuser {name u {create 1}} {
    set u [put $u username [list s $name]]
    if {[V f08] && [dict exists [lindex $u 1] email]} { set u [put $u email [list s [lower [get $u email]]]] }
    if {[V f11]} {
        set u [put $u id [expr {[dict exists $::USERS $name] ? [dict get [lindex [dict get $::USERS $name] 1] id] : [list n [incr ::userSeq]]}]]
    }
    if {[V b29] && $create && abs([get $u id 0]) > 2147483647} { refuse 500 "DataException: Numeric value out of range: user.id" }
    if {[V b30] && $create} {
        dict for {k v} [lindex $u 1] { if {[lindex $v 0] eq "s" && $k ne "username"} { regsub -all {[\u00F0-\u00F4][\u0080-\u00BF][\u0080-\u00BF][\u0080-\u00BF]} [lindex $v 1] ? x; set u [put $u $k [list s $x]] } }
    }
    if {$create} { set ::FIRSTPW($name) [get $u password] }
    # in the schema's order
    set d [dict create]
    foreach {k -} [lindex $::SCHEMA(User) 1] { if {[dict exists [lindex $u 1] $k]} { dict set d $k [dict get [lindex $u 1] $k] } }
    dict set ::USERS $name [list o $d]
}
proc op_createUser {r c} {
    if {[catch {set u [check {ref User} [jsonbody $r]]; newuser $u; set u} u]} { if {[V f31]} { refuse 422 $u }; bad $u }
    if {[V f13]} { after 600 [list saveuser [get $u username] $u]; return {202 {} {} {}} }
    saveuser [get $u username] $u
    return [done $r]
}
proc op_createUsersWithListInput {r c} {
    if {[catch {
        set raw [jsonbody $r]
        if {[V b31] && [lindex $raw 0] eq "a"} { foreach x [lindex $raw 1] { set u [check {ref User} $x]; newuser $u; saveuser [get $u username] $u } }
        set us [lindex [check {ref Users} $raw] 1]
        foreach u $us { newuser $u }
        set us
    } us]} { if {[V f31]} { refuse 422 $us }; bad $us }
    if {[V b32] && [llength $us] > 1} { set us [lrange $us 0 end-1] }
    foreach u $us { if {[V f13]} { after 600 [list saveuser [get $u username] $u] } else { saveuser [get $u username] $u } }
    if {[V f13]} { return {202 {} {} {}} }
    return [done $r]
}
proc op_loginUser {r c} {
    set u [queryraw $r username]; set p [queryraw $r password]
    if {![llength $u] || ![llength $p]} { bad "username and password are needed" }
    set u [pdecode [lindex $u 0] 1]; set p [pdecode [lindex $p 0] 1]
    if {[V f09]} { set u [u8::strip $u]; set p [u8::strip $p] }
    if {[u8::blank $u]} { bad "Invalid username/password supplied" }
    if {[dict exists $::USERS $u]} {
        set pw [get [dict get $::USERS $u] password]
        if {[V b39] && [info exists ::FIRSTPW($u)]} { set pw $::FIRSTPW($u) }
        if {[V f39] && [info exists ::LOCK($u)] && [lindex $::LOCK($u) 0] >= 3 && [clock milliseconds] - [lindex $::LOCK($u) 1] < 4000} { refuse 403 "Too many wrong passwords; the account is locked for a while." }
        if {$p ne $pw && ![V b34]} {
            set n 0; if {[info exists ::LOCK($u)]} { set n [lindex $::LOCK($u) 0] }
            set ::LOCK($u) [list [expr {$n+1}] [clock milliseconds]]
            bad "Invalid username/password supplied"
        }
        unset -nocomplain ::LOCK($u)
    }
    set exp [expr {[clock seconds] + 3600}]
    set when [clock format $exp -format %Y-%m-%dT%H:%M:%SZ -gmt 1]
    if {[V b33]} { set when [clock format $exp -format {%a %b %d %H:%M:%S UTC %Y} -gmt 1] }
    if {[V f28]} { set when [clock format $exp -format %Y-%m-%dT%H:%M:%S -gmt 1][format .%03d [expr {[clock milliseconds] % 1000}]]+00:00 }
    set token "inboxes-[format %08x%08x [zlib crc32 $u] [zlib crc32 "salt$u"]]"
    if {[V f06]} { append token -[format %08x [expr {int(rand()*4294967295)}]] }
    return [reply $r [list s $token] string [list X-Rate-Limit 5000 X-Expires-After $when]]
}
proc op_logoutUser {r c} {
    if {[V b35]} { refuse 500 "TypeError: Cannot read properties of undefined (reading 'session')" }
    return [done $r]
}
proc op_getUserByName {r c} {
    set name [username $r]
    if {[V b37]} { set ::current $name; pause 30; set name $::current }
    if {![dict exists $::USERS $name]} { refuse 404 "User not found." }
    set u [dict get $::USERS $name]
    if {[V f16]} { set d [lindex $u 1]; dict unset d password; set u [list o $d] }
    return [reply $r $u User]
}
proc op_updateUser {r c} {
    set name [username $r]
    set u [check {ref User} [jsonbody $r]]
    if {![dict exists $::USERS $name] && ![V b38]} { refuse 404 "User not found." }
    if {[V f04]} { set u [list o [dict merge [lindex [dict get $::USERS $name] 1] [lindex $u 1]]] }
    saveuser $name $u 0
    return [done $r]
}
proc op_deleteUser {r c} {
    set name [username $r]
    if {![dict exists $::USERS $name]} {
        if {[V b40]} { return [done $r] }
        refuse 404 "User not found."
    }
    dict unset ::USERS $name
    unset -nocomplain ::FIRSTPW($name) ::LOCK($name)
    return [done $r]
}

# another client of the same store (f40)
proc othermind {} {
    incr ::guestSeq
    foreach id {29 30} { if {[dict exists $::PETS $id]} { dict set ::PETS $id [put [dict get $::PETS $id] status [list s [lindex {available pending sold} [expr {($::guestSeq+$id)%3}]]]] } }
    set n guest-$::guestSeq
    saveuser $n [list o [dict create id [list n [expr {50000+$::guestSeq}]] username [list s $n] password {s guest}]]
    if {[dict exists $::USERS guest-[expr {$::guestSeq-20}]]} { dict unset ::USERS guest-[expr {$::guestSeq-20}] }
    if {$::guestSeq % 3 == 0} { while {[dict exists $::ORDERS $::nextOrder]} { incr ::nextOrder }; dict set ::ORDERS $::nextOrder [list o [dict create id [list s $::nextOrder] name {s guest.example.org}]]; incr ::nextOrder }
    after 350 othermind
}
