package Variant;
# Which variant this process plays: `plain`, a freedom (f..) or a fault (b..).
use v5.36;
use Exporter 'import';
our @EXPORT = qw(on);

our $id = 'plain';

sub on ($name) { $id eq $name }

1;
