package dev.dormouse.units.service;

import java.util.Locale;

/** The forms in which a backend is told who its client is: proxy-protocol.txt of HAProxy. */
public enum ProxyProtocol {
    /** A line of text. */
    V1,
    /** Binary. */
    V2;

    /** As it is declared. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a word.
     *
     * @throws DeclarationException with what is allowed
     */
    public static ProxyProtocol parse(String text) {
        for (ProxyProtocol version : values()) {
            if (version.word().equals(text)) {
                return version;
            }
        }
        throw new DeclarationException("'" + text + "' is no version of the PROXY protocol: v1 or v2");
    }
}
