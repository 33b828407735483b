package dev.dormouse.daemon.network;

import dev.dormouse.units.address.AddressText;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 subnet.
 *
 * @param base its first address, as an unsigned number of {@code bits} bits; no bit below the prefix is set
 * @param prefixLength 0 to {@code bits}
 * @param bits of an address: 32 or 128
 */
record Subnet(BigInteger base, int prefixLength, int bits) {
    static final int IPV4 = 32;
    static final int IPV6 = 128;
    /** InetAddress would also take 10.1 for 10.0.0.1. */
    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    Subnet {
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("prefix length must be 0 to " + bits + ": " + prefixLength);
        }
        if (base.signum() < 0
                || base.bitLength() > bits
                || base.mod(size(prefixLength, bits)).signum() != 0) {
            throw new IllegalArgumentException("not the first address of a /" + prefixLength + ": " + text(base, bits));
        }
    }

    /** An IPv4 subnet. */
    Subnet(long base, int prefixLength) {
        this(BigInteger.valueOf(base), prefixLength, IPV4);
    }

    /** Reads {@code 172.17.0.0/16} or {@code fd00:1::/64}; throws IllegalArgumentException for anything else. */
    static Subnet parse(String text) {
        Subnet read = around(text);
        if (!read.base.equals(number(text.substring(0, text.indexOf('/'))))) {
            throw new IllegalArgumentException("not the first address of the subnet " + read + ": " + text);
        }
        return read;
    }

    /** The subnet that an address with a prefix length is in: of {@code 172.17.0.2/16} it is {@code 172.17.0.0/16}. */
    static Subnet around(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException("not a subnet as 172.17.0.0/16 or fd00:1::/64: " + text);
        }
        byte[] address = bytes(text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("not an IP address in " + text));
        int bits = address.length * Byte.SIZE;
        int prefixLength = Integer.parseInt(text.substring(slash + 1));
        if (prefixLength > bits) {
            throw new IllegalArgumentException("prefix length must be 0 to " + bits + ": " + text);
        }
        BigInteger number = new BigInteger(1, address);
        return new Subnet(number.subtract(number.mod(size(prefixLength, bits))), prefixLength, bits);
    }

    /** Whether a text is an IPv4 or IPv6 address. */
    static boolean isAddress(String text) {
        return bytes(text).isPresent();
    }

    boolean isIpv4() {
        return bits == IPV4;
    }

    BigInteger size() {
        return size(prefixLength, bits);
    }

    /** The address so many places after the first. */
    String at(BigInteger offset) {
        if (offset.signum() < 0 || offset.compareTo(size()) >= 0) {
            throw new IllegalArgumentException("no place " + offset + " in " + this);
        }
        return text(base.add(offset), bits);
    }

    String at(long offset) {
        return at(BigInteger.valueOf(offset));
    }

    /** How many places after the first an address is; empty if it is not in the subnet. */
    Optional<BigInteger> place(String address) {
        return bytes(address)
                .filter(bytes -> bytes.length * Byte.SIZE == bits)
                .map(bytes -> new BigInteger(1, bytes).subtract(base))
                .filter(offset -> offset.signum() >= 0 && offset.compareTo(size()) < 0);
    }

    boolean contains(String address) {
        return place(address).isPresent();
    }

    boolean overlaps(Subnet other) {
        return bits == other.bits && (holds(other.base) || other.holds(base));
    }

    /** Whether all of another one is in this one. */
    boolean contains(Subnet other) {
        return bits == other.bits && holds(other.base) && prefixLength <= other.prefixLength;
    }

    /** One of the subnets of a longer prefix that this one consists of. */
    Subnet piece(long number, int length) {
        return new Subnet(base.add(size(length, bits).multiply(BigInteger.valueOf(number))), length, bits);
    }

    private boolean holds(BigInteger address) {
        return address.subtract(base).signum() >= 0 && address.subtract(base).compareTo(size()) < 0;
    }

    private static BigInteger number(String address) {
        return new BigInteger(
                1, bytes(address).orElseThrow(() -> new IllegalArgumentException("not an IP address: " + address)));
    }

    private static Optional<byte[]> bytes(String text) {
        boolean colons = text.indexOf(':') >= 0;
        if (!colons && !DOTTED.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            // An IPv4 address in IPv6's notation is read as IPv4, and one with a zone is a link's.
            return colons && (!(address instanceof Inet6Address) || text.indexOf('%') >= 0)
                    ? Optional.empty()
                    : Optional.of(address.getAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static BigInteger size(int prefixLength, int bits) {
        return BigInteger.ONE.shiftLeft(bits - prefixLength);
    }

    private static String text(BigInteger address, int bits) {
        byte[] signed = address.toByteArray();
        byte[] bytes = new byte[bits / Byte.SIZE];
        int length = Math.min(signed.length, bytes.length);
        System.arraycopy(signed, signed.length - length, bytes, bytes.length - length, length);
        try {
            return AddressText.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("these bytes are an address: " + Arrays.toString(bytes), e);
        }
    }

    @Override
    public String toString() {
        return text(base, bits) + "/" + prefixLength;
    }
}
