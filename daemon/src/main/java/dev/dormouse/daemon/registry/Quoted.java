package dev.dormouse.daemon.registry;

/** A registry's words in a message of ours: one line of printable characters, and not without end. */
final class Quoted {
    private static final int LONGEST = 300;

    private Quoted() {}

    static String of(String text) {
        String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return bounded.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
