package Schema;
# The schemas of the reference: checks what comes in, shapes what goes out.
use v5.36;
use B ();
use JSON::PP ();
use Unicode::Normalize 'NFC';
use Variant;
use Exporter 'import';
our @EXPORT_OK = qw(kind read_value tree json_text parse_json decode_xml xml_text safe_integer);

# Members in the order of the reference.
our %SCHEMA = (
    Pet => [
        [ id => 'int64' ], [ category => 'DomainIn' ], [ name => 'string' ], [ photoUrls => '[string]' ],
        [ tags => '[Tag]' ], [ status => 'petStatus' ]
    ],
    Tag      => [ [ id => 'int64' ],  [ name => 'string' ] ],
    DomainIn => [ [ name => 'string' ] ],
    Domain   => [
        [ id => 'string' ], [ name => 'string' ], [ validate => 'string' ], [ status => 'domainStatus' ],
        [ active => 'boolean' ]
    ],
    User => [
        [ id => 'int64' ], [ username => 'string' ], [ firstName => 'string' ], [ lastName => 'string' ],
        [ email => 'string' ], [ password => 'string' ], [ phone => 'string' ], [ userStatus => 'int32' ]
    ],
    ApiResponse => [ [ code => 'int32' ], [ type => 'string' ], [ message => 'string' ] ],
);
my %REQUIRED = ( Pet => [qw(name photoUrls)] );
my %ENUM     = ( petStatus => [qw(available pending sold)], domainStatus => [ 'missing validation', 'validated' ] );
my %MAX      = ( int64 => 2**53 - 1, int32 => 2**31 - 1 );

sub largest ($type) { $type eq 'int64' && on('f20') ? 9223372036854775807 : $MAX{$type} }

# What JSON calls the type of a decoded value.
sub kind ($value) {
    return 'null' unless defined $value;
    return 'object'  if ref $value eq 'HASH';
    return 'array'   if ref $value eq 'ARRAY';
    return 'boolean' if JSON::PP::is_bool($value);
    return 'number'  if ref $value;                  # a big number
    return B::svref_2object( \$value )->FLAGS & B::SVf_POK ? 'string' : 'number';
}

sub safe_integer ( $value, $type = 'int64' ) {
    return undef if kind($value) ne 'number';
    if ( ref $value ) { return undef unless $value->is_int }
    elsif ( $value != int $value ) { return undef }
    my $largest = largest($type);
    return undef if $value > $largest || $value < -$largest - ( $type eq 'int32' ? 1 : 0 );
    return ref $value ? $value->numify + 0 : int $value;
}

# A checked fresh copy of a decoded value; dies with the reason.
sub read_value ( $type, $value, $where = 'body' ) {
    return read_list( $1, $value, $where ) if $type =~ /\A\[(\w+)\]\z/;
    return read_object( $type, $value, $where ) if $SCHEMA{$type};
    my $kind = kind($value);
    if ( $MAX{$type} ) {
        return safe_integer( $value, $type ) // die "$where must be an integer ($type)\n";
    }
    if ( $type eq 'boolean' ) {
        die "$where must be a boolean\n" unless $kind eq 'boolean';
        return $value ? 1 : 0;
    }
    die "$where must be a string\n" unless $kind eq 'string';
    die "$where must be one of @{ $ENUM{$type} }\n" if $ENUM{$type} && !grep { $_ eq $value } @{ $ENUM{$type} };
    return text( $value, $where );
}

# What the store keeps of a text: all of it, but for three variants.
sub text ( $value, $where ) {
    $value =~ s/[\x{10000}-\x{10FFFF}].*//s if on('b27');
    if ( on('f12') && $where !~ /password/ ) {
        $value = NFC($value);
        $value =~ s/\A\s+|\s+\z//g;
    }
    return "$value";
}

sub read_list ( $type, $value, $where ) {
    die "$where must be an array\n" unless kind($value) eq 'array';
    return [@$value] if on('b22') && $type eq 'Tag' && !grep { kind($_) ne 'object' } @$value;
    return [ map { read_value( $type, $value->[$_], "$where\[$_]" ) } 0 .. $#$value ];
}

sub read_object ( $type, $value, $where ) {
    die "$where must be an object\n" unless kind($value) eq 'object';
    my %copy;
    for my $member ( @{ $SCHEMA{$type} } ) {
        my ( $name, $member_type ) = @$member;
        $copy{$name} = read_value( $member_type, $value->{$name}, "$where.$name" ) if exists $value->{$name};
    }
    for ( @{ $REQUIRED{$type} // [] } ) { die "$where.$_ is required\n" unless exists $copy{$_} }
    return \%copy;
}

# A stored value as JSON::PP is to write it: numbers as numbers, texts as texts.
sub tree ( $type, $value ) {
    if ( $type =~ /\A\[(\w+)\]\z/ ) {
        my $item = $1;
        return ref $value ? [ map { tree( $item, $_ ) } @$value ] : "$value";
    }
    return object_tree( $type, $value ) if $SCHEMA{$type};
    return $value ? JSON::PP::true : JSON::PP::false if $type eq 'boolean';
    return $MAX{$type} ? 0 + $value : "$value";
}

my $reads = 0;

sub object_tree ( $type, $value ) {
    return $value if on('b22') && $type eq 'Tag';
    my %tree;
    for my $member ( @{ $SCHEMA{$type} } ) {
        my ( $name, $member_type ) = @$member;
        next if $name eq 'password' && on('f14');
        $tree{$name} = tree( $member_type, $value->{$name} ) if defined $value->{$name};
    }
    if ( on('f09') ) {
        $tree{_links}   = { self => { href => "/x/$reads" } };
        $tree{version}  = ++$reads;
        $tree{readAt}   = time . '.' . $reads;
        $tree{comments} = undef;
    }
    return \%tree;
}

sub parse_json ($text) {
    return JSON::PP->new->allow_nonref->allow_bignum->decode($text);
}

sub json_text ($tree) {
    my $json = JSON::PP->new->allow_nonref;
    if ( on('f27') ) {
        return $json->ascii->pretty->escape_slash->sort_by( sub { $JSON::PP::b cmp $JSON::PP::a } )->encode($tree);
    }
    my $text = $json->canonical->encode($tree);
    $text =~ s/\\(?:u00([01][0-9a-f])|(.))/defined $1 ? chr hex $1 : "\\$2"/ge if on('b28');
    return $text;
}

# An XML element as the JSON value it stands for.
sub decode_xml ( $type, $node ) {
    return decode_members( $type, $node ) if $SCHEMA{$type};
    return {} if @{ $node->{children} };    # a list of elements where a scalar belongs: refused later
    my $text = $node->{text};
    if ( $MAX{$type} && $text =~ /\A\s*([+-]?\d+)\s*\z/ ) {
        my $digits = $1;
        return length $digits > 18 ? Math::BigInt->new($digits) : 0 + $digits;
    }
    return "$text";
}

sub decode_members ( $type, $node ) {
    my %value;
    for my $member ( @{ $SCHEMA{$type} } ) {
        my ( $name, $member_type ) = @$member;
        my @found = grep { $_->{name} eq $name } @{ $node->{children} };
        if ( $member_type =~ /\A\[(\w+)\]\z/ ) {
            my $item = $1;
            $value{$name} = [ map { decode_xml( $item, $_ ) } @found ] if @found || $name eq 'photoUrls';
            next;
        }
        die "<$name> comes twice\n" if @found > 1;
        $value{$name} = decode_xml( $member_type, $found[0] ) if @found;
    }
    return \%value;
}

sub xml_text ( $type, $name, $value ) {
    if ( $type =~ /\A\[(\w+)\]\z/ ) {
        my $item = $1;
        return join '', map { xml_text( $item, $name, $_ ) } ref $value ? @$value : $value;
    }
    if ( $SCHEMA{$type} ) {
        my $members = join '', map { xml_text( $_->[1], $_->[0], $value->{ $_->[0] } ) }
          grep { defined $value->{ $_->[0] } && !( $_->[0] eq 'password' && on('f14') ) } @{ $SCHEMA{$type} };
        $members .= '<version>' . ++$reads . '</version>' if on('f09');
        return Xml::element( $name, $members );
    }
    return Xml::element( $name, Xml::escape( $type eq 'boolean' ? boolean_text($value) : $value ) );
}

sub boolean_text ($value) {
    return $value ? 'true' : on('b31') ? '' : 'false';
}

require Math::BigInt;
require Xml;
1;
