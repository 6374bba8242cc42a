#!/usr/bin/perl
# httpd DIR: a web server for tests, on 127.0.0.1 and a port of its choice, which it prints. It serves the files of DIR, and
# misbehaves below some paths:
#   /stall/    says nothing        /slow/      a byte a second       /huge/  sends on and on     /bomb/  the same, packed
#   /redirect/ to the file itself  /close/     half an answer        /status/N/FILE  status N, with the file's bytes
#   /size/N/   409 and that size   /next/      409 and one size more than was asked from
#   /late/...  as without /late, a second later
use strict;
use warnings;
use IO::Socket::INET;
use IO::Compress::Gzip qw(gzip);

my $dir = shift or die "usage: httpd DIR\n";
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 32, ReuseAddr => 1) or die $!;
$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';
$| = 1;
print $server->sockport, "\n";

sub file { my $f = "$dir/$_[0]"; return undef unless -f $f; open my $h, '<:raw', $f or return undef; local $/; my $b = <$h>; return $b; }

sub answer {
	my ($c, $status, $type, $body, $more) = @_;
	print $c "HTTP/1.1 $status X\r\nContent-Type: $type\r\nContent-Length: ", length $body, "\r\n", $more // '', "\r\n", $body;
}

# one question; true: the connection stays
sub serve {
	my ($c) = @_;
	my $first = <$c> // return 0;
	my ($path) = $first =~ m{^[A-Z]+ (/\S*) HTTP} or return 0;
	my $length = 0;
	while (defined(my $l = <$c>)) { last if $l =~ /^\r?\n$/; $length = $1 if $l =~ /^content-length:\s*(\d+)/i; }
	my $asked = '';
	read $c, $asked, $length if $length;
	if ($path =~ s{^/late/}{/}) { sleep 1; }
	if ($path =~ m{^/stall/}) { sleep 1000; return 0; }
	if ($path =~ m{^/slow/}) {
		print $c "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"; $c->flush;
		for (1 .. 1000) { print $c 'x' or return 0; $c->flush; sleep 1; }
	} elsif ($path =~ m{^/huge/}) {
		print $c "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
		for (1 .. 100000) { print $c 'x' x 65536 or return 0; }
	} elsif ($path =~ m{^/bomb/}) {
		my $plain = 'x' x (64 << 20); my $packed; gzip(\$plain, \$packed);
		answer($c, 200, 'text/plain', $packed, "Content-Encoding: gzip\r\n"); return 1;
	} elsif ($path =~ m{^/close/}) {
		print $c "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nhalf";
	} elsif ($path =~ m{^/redirect(/.*)}) {
		answer($c, 302, 'text/plain', "elsewhere\n", "Location: $1\r\n"); return 1;
	} elsif ($path =~ m{^/size/(\d+)/}) {
		answer($c, 409, 'text/x.tlog.size', "$1\n"); return 1;
	} elsif ($path =~ m{^/next/}) {
		my ($old) = $asked =~ /^old (\d+)/;
		answer($c, 409, 'text/x.tlog.size', ($old + 1) . "\n"); return 1;
	} elsif ($path =~ m{^/status/(\d+)/([^/]*)}) {
		answer($c, $1, 'text/plain', file($2) // ''); return 1;
	} else {
		my $b = $path =~ /\.\./ ? undef : file(substr $path, 1);
		defined $b ? answer($c, 200, 'application/octet-stream', $b) : answer($c, 404, 'text/plain', "not there\n");
		return 1;
	}
	return 0;
}

while (1) {
	my $c = $server->accept or next;
	my $pid = fork;
	if (defined $pid && $pid == 0) { while (serve($c)) { $c->flush; } exit 0; }
	close $c;
}
