package dev.dormouse.daemon.network;

import dev.dormouse.daemon.error.EngineException;
import java.math.BigInteger;
import java.util.Set;

/** Chooses a container's address of one family. */
record AddressChoice(String network, AddressRange range, Set<String> taken) {
    /**
     * The next free one.
     *
     * @param last given out before it
     * @throws EngineException.Failed if none is free
     */
    String after(String last) {
        Subnet pool = Subnet.parse(range.pool().orElse(range.subnet()));
        BigInteger size = pool.size();
        BigInteger start =
                pool.place(last).map(place -> place.add(BigInteger.ONE)).orElse(BigInteger.ZERO);
        // Of those that are tried each may be taken, or one of the three that no container may have.
        BigInteger attempts = size.min(BigInteger.valueOf(taken.size() + 4L));
        for (BigInteger i = BigInteger.ZERO; i.compareTo(attempts) < 0; i = i.add(BigInteger.ONE)) {
            String candidate = pool.at(start.add(i).mod(size));
            if (range.mayHave(candidate) && !taken.contains(candidate)) {
                return candidate;
            }
        }
        throw new EngineException.Failed("network " + network + " has no free address left in " + pool + ": "
                + taken.size() + " containers hold one each; remove containers that are not needed");
    }

    /**
     * One that a client asked for.
     *
     * @throws EngineException.InvalidParameter if no container can have it
     * @throws EngineException.Conflict if another container has it
     */
    String exactly(String address) {
        // In one form, for it is compared as a text.
        String canonical = range.whole()
                .place(address)
                .map(place -> range.whole().at(place))
                .filter(range::mayHave)
                .orElseThrow(
                        () -> new EngineException.InvalidParameter("address " + address + " cannot be had on network "
                                + network + ": it must be in " + range.subnet()
                                + ", and neither the first nor the last, nor the gateway "
                                + range.gateway()));
        if (taken.contains(canonical)) {
            throw new EngineException.Conflict(
                    "Address already in use: a container on network " + network + " has " + canonical);
        }
        return canonical;
    }
}
