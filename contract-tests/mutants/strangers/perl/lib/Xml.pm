package Xml;
# A small strict reader (no DTD, no entities but the five) and writer of XML 1.0.
use v5.36;
use Encode ();
use Variant;

my $NAME = qr/[:A-Z_a-z\x{C0}-\x{2FF}\x{370}-\x{1FFF}\x{200C}-\x{200D}\x{2C00}-\x{D7FF}][-.\w:\x{B7}]*/;
my $CHAR = qr/[\x09\x0A\x0D\x20-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]/;
my %ENTITY = ( amp => '&', lt => '<', gt => '>', quot => '"', apos => "'" );

# Bytes to text: UTF-16 with its mark, else UTF-8.
sub decode_bytes ($bytes) {
    my $copy   = $bytes;
    my $coding = $copy =~ /\A(?:\xFE\xFF|\xFF\xFE)/ ? 'UTF-16' : 'UTF-8';
    my $text   = eval { Encode::decode( $coding, $copy, Encode::FB_CROAK ) } // die "not $coding\n";
    $text =~ s/\A\x{FEFF}//;
    return $text;
}

my $TOKEN = qr/<!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+/s;

# The root element: { name, text, children }. Dies when the document is not well-formed.
sub parse ($bytes) {
    my $text = decode_bytes($bytes);
    die "a character that XML does not have\n" if $text !~ /\A$CHAR*\z/;
    $text =~ s/\r\n?/\n/g;
    if ( $text =~ s/\A<\?xml(\s[^?]*)\?>// ) {
        my $declared = $1 =~ /encoding\s*=\s*["']([^"']+)/ ? lc $1 : 'utf-8';
        die "encoding $declared\n" unless $declared =~ /\A(?:utf-8|utf-16|us-ascii)\z/;
    }
    my $length = 0;
    my @tokens = $text =~ /$TOKEN/g;
    $length += length for @tokens;
    die "not well-formed\n" if $length != length $text;
    return parse_tokens(@tokens);
}

# All elements without recursion: depth costs memory only.
sub parse_tokens (@tokens) {
    my $document = { children => [], text => '' };
    my @open     = ($document);
    for my $token (@tokens) {
        if    ( $token =~ m{\A</} )      { close_element( $token, \@open ) }
        elsif ( $token =~ /\A<[^!?]/ )   { open_element( $token, \@open ) }
        else                             { $open[-1]{text} .= text_of( $token, scalar @open ) }
    }
    die "an element is not closed\n" if @open > 1;
    die "no element\n" unless @{ $document->{children} };
    return $document->{children}[0];
}

sub open_element ( $token, $open ) {
    my ( $name, $attributes, $empty ) = $token =~ m{\A<($NAME)((?:\s+$NAME\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>\z}
      or die "a wrong start tag\n";
    die "a second root\n" if @$open == 1 && @{ $open->[0]{children} };
    check_attributes($attributes);
    my $node = { name => $name, children => [], text => '' };
    push @{ $open->[-1]{children} }, $node;
    push @$open, $node unless $empty;
}

sub close_element ( $token, $open ) {
    my ($name) = $token =~ m{\A</($NAME)\s*>\z} or die "a wrong end tag\n";
    die "a wrong end tag\n" if @$open == 1 || $open->[-1]{name} ne $name;
    pop @$open;
}

sub check_attributes ($text) {
    my %seen;
    while ( $text =~ /($NAME)\s*=\s*("[^"]*"|'[^']*')/g ) {
        my ( $name, $value ) = ( $1, $2 );
        die "an attribute comes twice\n" if $seen{$name}++;
        unescape($value);
    }
}

# What a token adds to the text around it; outside the root only blanks may stand.
sub text_of ( $token, $depth ) {
    if ( $token =~ /\A<!--(.*)-->\z/s ) {
        die "two hyphens in a comment\n" if "$1-" =~ /--/;
        return '';
    }
    return '' if $token =~ /\A<\?(?!xml[\s?])$NAME(?:\s.*)?\?>\z/s;
    die "text outside the root\n" if $depth == 1 && $token =~ /\S/;
    return $1 if $token =~ /\A<!\[CDATA\[(.*)\]\]>\z/s;
    die "a DOCTYPE or a wrong tag\n" if $token =~ /\A</;
    return unescape($token);
}

sub unescape ($text) {
    die "]]> in a text\n" if $text =~ /\]\]>/;
    die "a wrong reference\n" if $text =~ /&(?!(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);)/;
    $text =~ s/&amp;/&/g if on('b29');
    $text =~ s/&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));/defined $3 ? $ENTITY{$3} \/\/ "&$3;" : character( defined $1 ? hex $1 : $2 )/ge;
    return $text;
}

sub character ($code) {
    my $character = $code <= 0x10FFFF && !( $code >= 0xD800 && $code <= 0xDFFF ) ? chr $code : '';
    die "a reference to no character\n" unless $character =~ /\A$CHAR\z/;
    return $character;
}

sub escape ($value) {
    my $text = "$value";
    $text =~ s/(?!$CHAR)./\x{FFFD}/gs;
    return fancy_escape($text) if on('f28');
    $text =~ s/&/&amp;/g;
    $text =~ s/</&lt;/g;
    $text =~ s/>/&gt;/g;
    $text =~ s/\r/&#13;/g;
    return $text;
}

# Every second text in CDATA, the others with a reference for every second character.
sub fancy_escape ($text) {
    state $turn = 0;
    if ( $turn++ % 2 && $text !~ /\]\]>|\r/ ) { return "<![CDATA[$text]]><!-- <end/> -->" }
    my $at = 0;
    return join '', map { $at++ % 2 || /[&<>\r]/ ? sprintf '&#x%X;', ord : $_ } split //, $text;
}

sub element ( $name, $inner ) {
    return "<$name  xml:lang = 'en'\n>$inner</$name >" if on('f28');
    return "<$name>$inner</$name>";
}

# The bytes of a document.
sub document ($root) {
    if ( on('f29') ) { return Encode::encode( 'UTF-16', "<?xml version='1.0' encoding='UTF-16'?>\n$root" ) }
    my $start = on('f28') ? "<?xml version='1.0'?>\n<!-- made by hand -->" : '<?xml version="1.0" encoding="UTF-8" ?>';
    my $bytes = Encode::encode( 'UTF-8', "$start\n$root" );
    # The bytes are taken for Latin-1 characters and encoded once more.
    return on('b26') ? Encode::encode( 'UTF-8', $bytes ) : $bytes;
}

1;
