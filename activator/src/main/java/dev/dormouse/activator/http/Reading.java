package dev.dormouse.activator.http;

/** What a client's first bytes are, as HTTP. */
public sealed interface Reading {
    /** A beginning. */
    record Incomplete() implements Reading {}

    /** Another language. */
    record NotHttp() implements Reading {}

    /** A request that a server refuses (RFC 9112). */
    record Malformed() implements Reading {}

    /** A request, whose body may follow. */
    record Whole(RequestHead head) implements Reading {}

    Reading INCOMPLETE = new Incomplete();
    Reading NOT_HTTP = new NotHttp();
    Reading MALFORMED = new Malformed();
}
