package dev.dormouse.activator.cli;

import java.util.List;
import java.util.function.Supplier;

/** Draws lines over and over, at most once a second, until the user leaves. */
record StatusWatch(Terminal terminal, Supplier<List<String>> lines) {
    private static final String HOME = "\u001b[H";
    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END_OF_SCREEN = "\u001b[J";
    private static final String OTHER_SCREEN = "\u001b[?1049h";
    private static final String OWN_SCREEN = "\u001b[?1049l";

    /** Returns when the user has left; the screen is then as it was. */
    void run() {
        terminal.write(OTHER_SCREEN);
        try {
            do {
                terminal.write(picture(terminal.columns()));
            } while (!terminal.isLeft());
        } finally {
            terminal.write(OWN_SCREEN);
        }
    }

    /** Over what is there, without clearing first, which would flicker. */
    private String picture(int columns) {
        StringBuilder picture = new StringBuilder(HOME);
        for (String line : lines.get()) {
            picture.append(line, 0, Math.min(line.length(), columns))
                    .append(TO_END_OF_LINE)
                    .append("\r\n");
        }
        return picture.append(TO_END_OF_SCREEN).toString();
    }
}
