package dev.dormouse.activator.config;

import dev.dormouse.units.service.ServiceNames;

/** Container names, which are also the instances of their units. */
public final class Names {
    private Names() {}

    /** Whether the text may name a container: docs/internals.md, Names. */
    public static boolean isName(String text) {
        return ServiceNames.isName(text);
    }

    /**
     * The name itself.
     *
     * @throws ConfigException if it is none
     */
    public static String checked(String text) {
        if (!isName(text)) {
            throw new ConfigException("'" + text + "' cannot be a container's name: " + ServiceNames.RULE);
        }
        return text;
    }

    /** The unit that runs the container. */
    public static String containerUnit(String name) {
        return ServiceNames.containerUnit(name);
    }

    /** The unit that hands the sockets over. */
    public static String proxyUnit(String name) {
        return ServiceNames.proxyUnit(name);
    }

    /** The unit that listens while the container sleeps. */
    public static String socketUnit(String name) {
        return ServiceNames.socketUnit(name);
    }
}
