package dev.dormouse.activator.config;

import java.util.regex.Pattern;

/** Container names, which are also the instances of their units. */
public final class Names {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,199}");

    private Names() {}

    /** Whether the text may name a container: docs/internals.md, Names. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * The name itself.
     *
     * @throws ConfigException if it is none
     */
    public static String checked(String text) {
        if (!isName(text)) {
            throw new ConfigException(
                    "'" + text
                            + "' cannot be a container's name: 2 to 200 letters, digits, '_', '.' and '-', a letter or digit first");
        }
        return text;
    }

    /** The unit that runs the container. */
    public static String containerUnit(String name) {
        return "dormouse-container@" + name + ".service";
    }

    /** The unit that hands the sockets over. */
    public static String proxyUnit(String name) {
        return "dormouse-proxy@" + name + ".service";
    }

    /** The unit that listens while the container sleeps. */
    public static String socketUnit(String name) {
        return "dormouse-proxy@" + name + ".socket";
    }
}
