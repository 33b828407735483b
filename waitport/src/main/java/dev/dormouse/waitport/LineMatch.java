package dev.dormouse.waitport;

import java.time.Duration;
import java.util.regex.Pattern;

/** Looks for an expression in a line for a bounded time: some expressions take exponential time, and a container writes what it likes. */
final class LineMatch {
    private static final Duration LONGEST = Duration.ofMillis(100);

    private final Pattern expression;
    private boolean gaveUp;

    LineMatch(Pattern expression) {
        this.expression = expression;
    }

    boolean isIn(String line) {
        try {
            return expression.matcher(new Timed(line, Deadline.in(LONGEST))).find();
        } catch (TooLong | StackOverflowError _) { // it recurses once for each repetition of a group
            gaveUp = true;
            return false;
        }
    }

    /** What to add to a detail: empty unless some line took too long. */
    String excuse() {
        return gaveUp ? "; the expression takes too long for some line" : "";
    }

    /** The expression's engine cannot be stopped but by the text that it reads. */
    private record Timed(String text, int from, int to, Deadline deadline, Count count) implements CharSequence {
        Timed(String text, Deadline deadline) {
            this(text, 0, text.length(), deadline, new Count());
        }

        @Override
        public char charAt(int index) {
            if (++count.reads % 1024 == 0 && deadline.over()) {
                throw new TooLong();
            }
            return text.charAt(from + index);
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Timed(text, from + start, from + end, deadline, count);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }

    private static final class Count {
        private int reads;
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("the expression takes too long", null, false, false);
        }
    }
}
