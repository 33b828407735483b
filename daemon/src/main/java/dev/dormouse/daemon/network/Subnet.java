package dev.dormouse.daemon.network;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 subnet.
 *
 * @param base its first address, as an unsigned 32-bit number; no bit below the prefix is set
 * @param prefixLength 0 to 32
 */
record Subnet(long base, int prefixLength) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
    private static final int BITS = 32;

    Subnet {
        if (prefixLength < 0 || prefixLength > BITS) {
            throw new IllegalArgumentException("prefix length must be 0 to 32: " + prefixLength);
        }
        if (base < 0 || base >>> BITS != 0 || base % size(prefixLength) != 0) {
            throw new IllegalArgumentException("not the first address of a /" + prefixLength + ": " + dotted(base));
        }
    }

    /** Reads {@code 172.17.0.0/16}; throws IllegalArgumentException for anything else. */
    static Subnet parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an IPv4 subnet as 172.17.0.0/16: " + text);
        }
        return new Subnet(
                address(text.substring(0, text.indexOf('/')))
                        .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address in " + text)),
                Integer.parseInt(matcher.group(5)));
    }

    /** The number of a dotted address; empty if the text is none. */
    static Optional<Long> address(String dotted) {
        String[] parts = dotted.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long value = 0;
        for (String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return Optional.of(value);
    }

    /** {@code 172.17.0.2}. */
    static String dotted(long address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    long size() {
        return size(prefixLength);
    }

    /** The address so many places after the first. */
    long at(long offset) {
        if (offset < 0 || offset >= size()) {
            throw new IllegalArgumentException("no place " + offset + " in " + this);
        }
        return base + offset;
    }

    boolean contains(long address) {
        return address >= base && address < base + size();
    }

    boolean overlaps(Subnet other) {
        return contains(other.base) || other.contains(base);
    }

    private static long size(int prefixLength) {
        return 1L << (BITS - prefixLength);
    }

    @Override
    public String toString() {
        return dotted(base) + "/" + prefixLength;
    }
}
