package dev.dormouse.activator.cli;

/** A terminal in which single keys are read and text is drawn over. */
interface Terminal extends AutoCloseable {
    /** Characters in a line, at least 1. */
    int columns();

    /** Shows this at once. */
    void write(String text);

    /** Waits for a key for a second; whether the user wants to end: by q, or because the terminal has gone. */
    boolean isLeft();

    /** Puts the terminal back as it was. */
    @Override
    void close();
}
