package dev.dormouse.activator;

import dev.dormouse.activator.config.ConfigException;
import dev.dormouse.activator.service.Settings;
import dev.dormouse.waitport.DurationText;
import java.time.Duration;

/**
 * The command line of the activator. Read by hand: a parser with annotations costs more time than all else before the first client is
 * accepted.
 *
 * @param help only print the help
 * @param rehearse only go through a wake, for the AOT cache
 */
record Options(boolean help, boolean rehearse, Settings settings) {
    static final String HELP = """
            Usage: dormouse-activator [--linger TIME] [--drain TIME] [--connections-max N]
            Wakes containers when a connection comes and lets them sleep again. Started by dormouse-activator.socket.
                  --linger TIME          stay for this time when nothing is awake, 0s to 24h (default: 10s)
                  --drain TIME           when a socket is taken back, let its connections go on for this time,
                                         0s to 1h (default: 10s); dormouse-proxy@.service waits 30 s
                  --connections-max N    connections of one socket at once, 1 to 1000000 (default: 65536)
                  --rehearse             wake a container that is this process itself, and exit: what ./install makes
                                         the AOT cache from
              -h, --help                 print this help
            """;

    private static final Duration LONGEST_LINGER = Duration.ofHours(24);
    private static final Duration LONGEST_DRAIN = Duration.ofHours(1);

    /**
     * Reads the arguments.
     *
     * @throws ConfigException naming the argument and what is allowed
     */
    static Options parse(String... arguments) {
        Settings settings = Settings.STANDARD;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("-h") || argument.equals("--help")) {
                return new Options(true, false, settings);
            }
            if (argument.equals("--rehearse")) {
                return new Options(false, true, settings);
            }
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 && i + 1 == arguments.length) {
                throw new ConfigException(option + ": unknown, or its value is missing; see --help");
            }
            String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
            settings = with(settings, option, value);
        }
        return new Options(false, false, settings);
    }

    private static Settings with(Settings settings, String option, String value) {
        return switch (option) {
            case "--linger" ->
                new Settings(time(option, value, LONGEST_LINGER), settings.drain(), settings.connectionsMaximum());
            case "--drain" ->
                new Settings(settings.linger(), time(option, value, LONGEST_DRAIN), settings.connectionsMaximum());
            case "--connections-max" -> new Settings(settings.linger(), settings.drain(), count(option, value));
            default -> throw new ConfigException(option + ": unknown option; see --help");
        };
    }

    private static Duration time(String option, String value, Duration longest) {
        try {
            return DurationText.parse(option, value, Duration.ZERO, longest);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private static int count(String option, String value) {
        int count = value.matches("[0-9]{1,7}") ? Integer.parseInt(value) : 0;
        if (count < 1 || count > 1_000_000) {
            throw new ConfigException(option + ": '" + value + "' is not a number from 1 to 1000000");
        }
        return count;
    }
}
