package dev.dormouse.activator.filter;

import java.util.Locale;

/** Why a client was not let in. */
public enum Reason {
    /** It comes from another network. */
    SOURCE,
    /** It asks for another name in its TLS handshake, or for none. */
    SNI,
    /** It asks for another host in HTTP. */
    HOST,
    /** It asks for another path in HTTP. */
    PATH,
    /** It speaks another language. */
    PROTOCOL,
    /** What it says is no whole sentence of its language. */
    MALFORMED,
    /** It has said too little within the time. */
    SILENT,
    /** It has said more than is listened to. */
    OVERSIZE,
    /** Too many were at the door, and it was the first of them. */
    CROWDED;

    /** In metrics and the journal, so it does not change. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
