package dev.dormouse.activator.tally;

/**
 * One count.
 *
 * @param outcome of a wake: {@code ready}, {@code dropped} or how it failed; of filtered clients what decided, of lost datagrams
 *     what became of them; empty for the other counts
 */
public record Series(Count count, String service, String outcome) {}
