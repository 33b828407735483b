package dev.dormouse.units.service;

import java.util.regex.Pattern;

/** Names of services, containers and groups, which are also the instances of their units: docs/internals.md, Names. */
public final class ServiceNames {
    /** What a name may be, for messages. */
    public static final String RULE = "2 to 200 letters, digits, '_', '.' and '-', a letter or digit first";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,199}");

    private ServiceNames() {}

    /** Whether the text may be a name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * The name itself.
     *
     * @throws DeclarationException if it is none
     */
    public static String checked(String text) {
        if (!isName(text)) {
            throw new DeclarationException("'" + text + "' is not a name: " + RULE);
        }
        return text;
    }

    /** The unit that runs a container. */
    public static String containerUnit(String container) {
        return "dormouse-container@" + container + ".service";
    }

    /** The unit that hands a service's sockets over; active while the service is awake. */
    public static String proxyUnit(String service) {
        return "dormouse-proxy@" + service + ".service";
    }

    /** The unit that listens while a service sleeps. */
    public static String socketUnit(String service) {
        return "dormouse-proxy@" + service + ".socket";
    }

    /** The unit that tries again to listen when a socket has failed. */
    public static String relistenUnit(String service) {
        return "dormouse-relisten@" + service + ".service";
    }

    /** The unit that keeps a service from being woken while it is active. */
    public static String pauseUnit(String service) {
        return "dormouse-pause@" + service + ".service";
    }

    /** The unit that pulls in every service of a group. */
    public static String groupUnit(String group) {
        return "dormouse-group@" + group + ".target";
    }

    /** The timer that wakes a service when it is to be kept warm. */
    public static String warmTimer(String service) {
        return "dormouse-keepwarm@" + service + ".timer";
    }

    /** The unit that asks a service's veto command; over when it has answered. */
    public static String vetoUnit(String service) {
        return "dormouse-veto@" + service + ".service";
    }
}
