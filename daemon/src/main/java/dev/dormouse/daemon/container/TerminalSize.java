package dev.dormouse.daemon.container;

/** A terminal's size in characters, 0 to 65535 each. */
public record TerminalSize(int rows, int columns) {
    /** The kernel's bound (struct winsize, ioctl_tty(2)). */
    public static final int MOST = 65_535;

    public TerminalSize {
        if ((rows < 0) || (rows > MOST) || (columns < 0) || (columns > MOST)) {
            throw new IllegalArgumentException("a terminal has 0 to 65535 rows and columns: " + rows + ", " + columns);
        }
    }
}
