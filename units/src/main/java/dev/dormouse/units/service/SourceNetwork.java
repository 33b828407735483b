package dev.dormouse.units.service;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A network that clients may come from.
 *
 * @param address its first address
 * @param bits how many of its leading bits count
 */
public record SourceNetwork(InetAddress address, int bits) {
    private static final String FORMS = "give ADDRESS or ADDRESS/BITS: 192.0.2.0/24, 2001:db8::/32";
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");
    /** Java also takes 10.1 for 10.0.0.1. */
    private static final Pattern DOTTED = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

    /**
     * Reads a network in CIDR form, or a single address.
     *
     * @throws DeclarationException with what is allowed
     */
    public static SourceNetwork parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(text, slash < 0 ? text : text.substring(0, slash));
        int all = address.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? all : bits(text, text.substring(slash + 1), all);
        SourceNetwork network = new SourceNetwork(address, bits);
        InetAddress first = network.first();
        if (!first.equals(address)) {
            // As likely a typing error in the address as in the bits.
            throw new DeclarationException("'" + text + "' has bits set behind its first " + bits + ": the network is "
                    + new SourceNetwork(first, bits));
        }
        return network;
    }

    private static InetAddress address(String whole, String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            boolean brackets = text.startsWith("[") || text.contains("%");
            if (brackets
                    || (address instanceof Inet4Address && !DOTTED.matcher(text).matches())) {
                throw new DeclarationException("'" + whole + "' is no network: " + FORMS);
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw new DeclarationException("'" + whole + "' is no network: " + FORMS, e);
        }
    }

    private static int bits(String whole, String text, int most) {
        int bits = BITS.matcher(text).matches() ? Integer.parseInt(text) : most + 1;
        if (bits > most) {
            throw new DeclarationException("'" + whole + "': after the slash goes a number from 0 to " + most);
        }
        return bits;
    }

    private InetAddress first() {
        byte[] bytes = address.getAddress();
        for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    /** Whether an address is in it; an IPv4 address that was mapped into IPv6 is an IPv4 address. */
    public boolean contains(InetAddress client) {
        byte[] ours = address.getAddress();
        byte[] theirs = client.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int index = 0; index < whole; index++) {
            if (ours[index] != theirs[index]) {
                return false;
            }
        }
        int mask = 0xff00 >> (bits % Byte.SIZE);
        return whole == ours.length || ((ours[whole] ^ theirs[whole]) & mask & 0xff) == 0;
    }

    /** As it is written. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
