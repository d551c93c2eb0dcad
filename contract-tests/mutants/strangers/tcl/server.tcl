# Inboxes Developer API in core Tcl 8.6: tclsh server.tcl --port 0 --variant plain
set port 0; set variant plain; set host 127.0.0.1
foreach {k v} $argv {
    switch -exact -- $k { --port { set port $v } --variant { set variant $v } --host { set host $v } default { puts stderr "unknown option $k"; exit 2 } }
}
proc V {id} { return [expr {$::variant eq $id}] }
set here [file dirname [file normalize [info script]]]
source [file join $here lib codec.tcl]
source [file join $here lib api.tcl]
set LIMIT [expr {10*1024*1024}]
set nconn 0; set nreq 0; set reads 0
array set REASON {100 Continue 200 OK 201 Created 202 Accepted 204 {No Content} 302 Found 400 {Bad Request} 401 Unauthorized 403 Forbidden 404 {Not Found}
    405 {Method Not Allowed} 406 {Not Acceptable} 408 {Request Timeout} 413 {Content Too Large} 415 {Unsupported Media Type} 422 {Unprocessable Content}
    429 {Too Many Requests} 431 {Request Header Fields Too Large} 500 {Internal Server Error} 501 {Not Implemented} 503 {Service Unavailable}}

# ---------------------------------------------------------------- connections
proc accept {ch addr p} {
    set c [incr ::nconn]
    fconfigure $ch -blocking 0 -translation binary -buffering full -buffersize 65536
    array set ::K [list $c,ch $ch $c,buf "" $c,state head $c,busy 0 $c,eof 0 $c,authed 0 $c,count 0 $c,timer ""]
    touch $c 75000
    fileevent $ch readable [list onread $c]
}
proc touch {c ms} {
    after cancel $::K($c,timer)
    set ::K($c,timer) [after $ms [list drop $c]]
}
proc alive {c} { return [info exists ::K($c,ch)] }
proc drop {c} {
    if {![alive $c]} return
    after cancel $::K($c,timer)
    catch {close $::K($c,ch)}
    array unset ::K $c,*
}
proc onread {c} {
    if {![alive $c]} return
    set ch $::K($c,ch)
    if {[catch {read $ch 262144} data]} { drop $c; return }
    if {$::K($c,state) eq "drain"} { if {$data eq "" && [eof $ch]} { drop $c }; return }
    if {$data eq ""} {
        if {[eof $ch]} { drop $c }
        return
    }
    touch $c 75000
    append ::K($c,buf) $data
    if {[catch {process $c} err opts]} { puts stderr "internal: [dict get $opts -errorinfo]"; drop $c }
}
# a refusal below HTTP's level: answer and close
proc hangup {c status detail} {
    set ::K($c,busy) 1
    set ::R($c) [dict create method GET path / query "" h {} http 1.1 close 1 unread 1]
    send $c [problem $status $detail {}]
}
proc process {c} {
    while {[alive $c] && !$::K($c,busy)} {
        switch -exact -- $::K($c,state) {
            head {
                set b [string trimleft $::K($c,buf) "\r\n"]
                set ::K($c,buf) $b
                if {$b eq ""} return
                if {![regexp -indices {\r?\n\r?\n} $b m]} {
                    if {[string length $b] > 65536} { hangup $c 431 "The head of the request is too large." }
                    return
                }
                if {[lindex $m 0] > 65536} { hangup $c 431 "The head of the request is too large."; return }
                set head [string range $b 0 [expr {[lindex $m 0]-1}]]
                set ::K($c,buf) [string range $b [expr {[lindex $m 1]+1}] end]
                if {[catch {parsehead $c $head} err]} { hangup $c 400 $err; return }
            }
            length {
                set have [string length $::K($c,buf)]
                if {$have < $::K($c,need)} {
                    take $c $::K($c,buf); incr ::K($c,need) -$have; set ::K($c,buf) ""
                    return
                }
                take $c [string range $::K($c,buf) 0 [expr {$::K($c,need)-1}]]
                set ::K($c,buf) [string range $::K($c,buf) $::K($c,need) end]
                dispatch $c
            }
            size {
                set i [string first \n $::K($c,buf)]
                if {$i < 0} { if {[string length $::K($c,buf)] > 8192} { hangup $c 400 "malformed chunk" }; return }
                set line [string trim [string range $::K($c,buf) 0 $i] "\r\n \t"]
                set ::K($c,buf) [string range $::K($c,buf) [expr {$i+1}] end]
                if {![regexp {^([0-9A-Fa-f]{1,12})[ \t]*(;.*)?$} $line -> hex]} { hangup $c 400 "malformed chunk"; return }
                scan $hex %llx n
                set ::K($c,need) $n
                set ::K($c,state) [expr {$n ? "data" : "trailer"}]
            }
            data {
                set have [string length $::K($c,buf)]
                if {$have < $::K($c,need)} { take $c $::K($c,buf); incr ::K($c,need) -$have; set ::K($c,buf) ""; return }
                take $c [string range $::K($c,buf) 0 [expr {$::K($c,need)-1}]]
                set ::K($c,buf) [string range $::K($c,buf) $::K($c,need) end]
                set ::K($c,state) crlf
            }
            crlf {
                if {![regexp {^\r?\n} $::K($c,buf) nl]} {
                    if {$::K($c,buf) in [list "" \r]} return
                    hangup $c 400 "malformed chunk"; return
                }
                set ::K($c,buf) [string range $::K($c,buf) [string length $nl] end]
                set ::K($c,state) size
            }
            trailer {
                set i [string first \n $::K($c,buf)]
                if {$i < 0} { if {[string length $::K($c,buf)] > 65536} { hangup $c 431 "malformed trailer" }; return }
                set line [string trim [string range $::K($c,buf) 0 $i] "\r\n"]
                set ::K($c,buf) [string range $::K($c,buf) [expr {$i+1}] end]
                if {$line eq ""} { dispatch $c }
            }
            default return
        }
    }
}
proc take {c data} {
    incr ::K($c,got) [string length $data]
    if {$::K($c,got) > $::LIMIT} {
        set ::K($c,body) ""; dict set ::R($c) toolarge 1
        if {$::K($c,got) > 8*$::LIMIT} { dict set ::R($c) close 1; dict set ::R($c) unread 1; set ::K($c,need) 0; set ::K($c,state) length; set ::K($c,buf) "" }
        return
    }
    append ::K($c,body) $data
}
proc parsehead {c head} {
    set lines [split [string map {\r\n \n} $head] \n]
    if {![regexp {^([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([^ ]+) HTTP/([0-9])\.([0-9])$} [lindex $lines 0] -> method target maj min]} { error "malformed request line" }
    if {$maj != 1} { error "only HTTP/1 is spoken here" }
    set h [dict create]
    foreach line [lrange $lines 1 end] {
        if {![regexp {^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$} $line -> k v]} { error "malformed header" }
        if {[regexp {[\u0000-\u0008\u000A-\u001F]} $v]} { error "malformed header" }
        dict lappend h [string tolower $k] [string trim $v " \t"]
    }
    if {$min >= 1 && (![dict exists $h host] || [llength [dict get $h host]] != 1)} { error "one Host header is needed" }
    if {[regexp -nocase {^https?://[^/?#]*(.*)$} $target -> t]} { set target $t; if {![string match /* $target]} { set target /$target } }
    set target [lindex [split $target #] 0]
    set i [string first ? $target]
    if {$i < 0} { set path $target; set query "" } else { set path [string range $target 0 [expr {$i-1}]]; set query [string range $target [expr {$i+1}] end] }
    set conn ""; if {[dict exists $h connection]} { set conn [string tolower [join [dict get $h connection] ,]] }
    set close [expr {$min == 0 ? ![regexp {(^|,) *keep-alive *(,|$)} $conn] : [regexp {(^|,) *close *(,|$)} $conn]}]
    set ::K($c,body) ""; set ::K($c,got) 0; set ::K($c,need) 0
    set ::R($c) [dict create method $method path $path query $query h $h http 1.$min close $close toolarge 0 unread 0]
    set len 0
    if {[dict exists $h transfer-encoding]} {
        if {[string tolower [join [dict get $h transfer-encoding] ,]] ne "chunked" || [dict exists $h content-length] || $min == 0} { error "this framing is not accepted" }
        set ::K($c,state) size
    } elseif {[dict exists $h content-length]} {
        set l [lsort -unique [dict get $h content-length]]
        if {[llength $l] != 1 || ![regexp {^[0-9]{1,18}$} [lindex $l 0]]} { error "malformed Content-Length" }
        scan [lindex $l 0] %lld len
        set ::K($c,state) length; set ::K($c,need) $len
    } else { set ::K($c,state) length }
    if {$len > $::LIMIT && ($len > 8*$::LIMIT || [dict exists $h expect])} {
        dict set ::R($c) toolarge 1; dict set ::R($c) close 1; dict set ::R($c) unread 1
        set ::K($c,state) length; set ::K($c,need) 0; set ::K($c,buf) ""
    } elseif {[dict exists $h expect] && [string tolower [lindex [dict get $h expect] 0]] eq "100-continue" && $min >= 1 && ($len || $::K($c,state) eq "size") && $::K($c,buf) eq ""} {
        puts -nonewline $::K($c,ch) "HTTP/1.1 100 Continue\r\n\r\n"
        flush $::K($c,ch)
    }
}
proc dispatch {c} {
    set ::K($c,busy) 1
    set ::K($c,state) head
    dict set ::R($c) body $::K($c,body)
    set ::K($c,body) ""
    fileevent $::K($c,ch) readable {}
    coroutine req$c handle $c
}
proc pause {ms} {
    after $ms [info coroutine]
    yield
}
proc problem {status detail headers} {
    if {![u8::valid $detail]} { set detail "?" }
    if {[V f18]} { return [list $status $headers "" ""] }
    set b [json::render [list o [dict create type {s about:blank} title [list s $::REASON($status)] status [list n $status] detail [list s $detail]]]]
    return [list $status $headers application/problem+json $b]
}
proc handle {c} {
    set r $::R($c)
    incr ::nreq
    if {[V f10]} { pause [expr {20 + int(rand()*180)}] }
    if {[V f21] && $::nreq % 25 == 0} {
        set res [problem 429 "Slow down, please." {Retry-After 1}]
    } elseif {[V f22] && $::nreq % 35 == 0} {
        set res [problem 503 "Back in a second." [list Retry-After [httpdate [expr {[clock seconds]+1}]]]]
    } elseif {[catch {api $r $c} res opts]} {
        set ec [dict get $opts -errorcode]
        if {[lindex $ec 0] eq "HTTP"} {
            lassign $ec - status hs
            if {$status == 405 && ![dict exists $hs Allow]} { lappend hs Allow [allowed [lindex [route [dict get $r path]] 0]] }
            set res [problem $status $res $hs]
        } else {
            puts stderr "internal: [dict get $opts -errorinfo]"
            set res [problem 400 "The request could not be understood." {}]
        }
    }
    if {[alive $c]} { send $c $res }
}
proc httpdate {t} { return [clock format $t -format {%a, %d %b %Y %H:%M:%S GMT} -gmt 1] }
proc hget {r k} { return [join [heads $r $k] ", "] }

proc send {c res} {
    set r $::R($c); unset ::R($c)
    set ch $::K($c,ch)
    lassign $res status headers ctype body
    set close [dict get $r close]
    incr ::K($c,count)
    set head [expr {[dict get $r method] eq "HEAD"}]
    set empty [expr {$status == 204}]
    set out [list Date [httpdate [clock seconds]]]
    if {[V f26]} {
        lappend out sErVeR "Apache-Coyote/1.1 (Tcl; \"odd\")" set-cookie "sid=[incr ::reads]; Path=/; HttpOnly" set-cookie "lb=node-3; Path=/" X-Powered-By "Servlet/2.5" x-empty "" Link "</openapi.yaml>; rel=service-desc" Warning "199 - \"comma, and ; inside\"" Strict-Transport-Security max-age=0
    }
    set vary {}
    if {[dict exists $r h origin]} {
        lappend out Access-Control-Allow-Origin [hget $r origin] Access-Control-Allow-Credentials true
        lappend vary Origin
    } else { lappend out Access-Control-Allow-Origin * }
    lappend out Access-Control-Expose-Headers "X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate"
    if {$ctype ne "" && [regexp {^application/(json|xml)$} $ctype]} { lappend vary Accept }
    if {$ctype ne ""} {
        if {[V f26]} { set ctype [string map {application/json {Application/JSON;Charset="UTF-8"} application/xml {application/XML ; charset=UTF-8}} $ctype] }
        if {[V b36] && $ctype eq "application/json"} { set badlen 1 }
        lappend out Content-Type $ctype
    }
    if {[V f27] && $body ne "" && [regexp -nocase {(^|,) *gzip *(,|$)} [hget $r accept-encoding]]} {
        set body [zlib gzip $body]
        lappend out Content-Encoding gzip
        lappend vary Accept-Encoding
    }
    if {[llength $vary]} { lappend out Vary [join $vary ", "] }
    foreach {k v} $headers { lappend out $k $v }
    set frame length
    if {[V f19] && [dict get $r http] eq "1.1" && !$empty && !$head && $body ne ""} { set frame chunked }
    if {[V f20] && !$empty && !$head && $body ne ""} { set frame close; set close 1 }
    if {[V f40]} { }
    set n [string length $body]
    if {[info exists badlen]} { set n [llength [u8::points $body]] }
    if {$frame eq "length" && !$empty} { lappend out Content-Length $n }
    if {$frame eq "chunked"} { lappend out Transfer-Encoding chunked Trailer X-Checksum }
    if {$close} { lappend out Connection close } elseif {[dict get $r http] eq "1.0"} { lappend out Connection keep-alive }
    set text "HTTP/1.1 $status $::REASON($status)\r\n"
    foreach {k v} $out { append text "$k: [string map {\r { } \n { }} $v]\r\n" }
    append text \r\n
    if {!$head && !$empty} {
        if {$frame eq "chunked"} {
            set size 7
            for {set i 0} {$i < [string length $body]} {incr i [string length $piece]} {
                set piece [string range $body $i [expr {$i+$size-1}]]
                append text [format %X [string length $piece]] ";part=\"$i\"\r\n" $piece \r\n
                set size [expr {$size < 700 ? $size+3 : $size}]
            }
            append text "0\r\nX-Checksum: [zlib crc32 $body]\r\n\r\n"
        } else { append text $body }
    }
    if {[V f10] && [info coroutine] ne ""} {
        # small writes with gaps
        set cut [expr {[string length $text]/3}]
        for {set i 0} {$i < 2} {incr i} {
            puts -nonewline $ch [string range $text 0 $cut-1]; catch {flush $ch}
            set text [string range $text $cut end]
            pause 12
            if {![alive $c]} return
        }
    }
    if {[catch {puts -nonewline $ch $text; flush $ch}]} { drop $c; return }
    finish $c $close [dict get $r unread]
}
proc finish {c close unread} {
    if {![alive $c]} return
    set ch $::K($c,ch)
    if {$close} {
        if {!$unread} { drop $c; return }
        # let the client read the answer before the connection is reset
        set ::K($c,state) drain
        catch {close $ch write}
        touch $c 1500
        fileevent $ch readable [list onread $c]
        return
    }
    set ::K($c,busy) 0
    touch $c 75000
    fileevent $ch readable [list onread $c]
    if {$::K($c,buf) ne ""} { after 0 [list resume $c] }
}
proc resume {c} { if {[alive $c] && !$::K($c,busy)} { if {[catch {process $c} err opts]} { puts stderr "internal: [dict get $opts -errorinfo]"; drop $c } } }

proc bgerror {msg} { puts stderr "internal: $msg\n$::errorInfo" }
expr {srand([clock clicks] & 0x7fffffff)}
seed
set listener [socket -server accept -myaddr $host $port]
set port [lindex [fconfigure $listener -sockname] 2]
proc slurp {f} { set ch [open $f rb]; set d [read $ch]; close $ch; return $d }
set DOCYAML [string map [list https://api.inboxes.com/v2 http://127.0.0.1:$port/v2 "\n  - url: http://api.inboxes.com/v2" ""] [slurp [file join $here lib openapi.yaml]]]
set DOCJSON [string map [list https://api.inboxes.com/v2 http://127.0.0.1:$port/v2 http://api.inboxes.com/v2 http://127.0.0.1:$port/v2] [slurp [file join $here lib openapi.json]]]
httpdate [clock seconds]
if {[V f40]} { after 350 othermind }
puts "listening on http://127.0.0.1:$port/v2"
flush stdout
vwait forever
