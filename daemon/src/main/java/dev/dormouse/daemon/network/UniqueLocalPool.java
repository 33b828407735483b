package dev.dormouse.daemon.network;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The IPv6 pool of a host that was given none, as dockerd derives it (moby, daemon/daemon_unix.go, deriveULABaseNetwork): a /48 of
 * fd00::/8 (RFC 4193) whose global id is the low 40 bits of the first 8 bytes of SHA-256 of the host's id. The same host always gets the
 * same, and two hosts hardly ever do.
 */
final class UniqueLocalPool {
    private static final BigInteger PREFIX = BigInteger.valueOf(0xfd).shiftLeft(120);
    private static final BigInteger GLOBAL_ID = BigInteger.ONE.shiftLeft(40).subtract(BigInteger.ONE);
    private static final int BELOW_GLOBAL_ID = 80;
    private static final int PREFIX_LENGTH = 48;

    private UniqueLocalPool() {}

    static AddressPool of(HostId host) {
        byte[] digest = sha256(host.value().getBytes(StandardCharsets.UTF_8));
        BigInteger globalId = new BigInteger(1, Arrays.copyOf(digest, 8)).and(GLOBAL_ID);
        BigInteger base = PREFIX.add(globalId.shiftLeft(BELOW_GLOBAL_ID));
        return new AddressPool(new Subnet(base, PREFIX_LENGTH, Subnet.IPV6).toString(), 64);
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
