package dev.dormouse.daemon.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry wants to be shown (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int LONGEST = 4096;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]++";
    private static final Pattern PARAMETER = Pattern.compile(
            "[\\s,]*+(?<name>" + TOKEN + ")\\s*+=\\s*+(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\"|(?<plain>[^\\s,\"]++))");
    private static final Pattern SCHEME = Pattern.compile("[\\s,]*+(?<scheme>" + TOKEN + ")(?=[\\s,]|$)");

    /** Those of a WWW-Authenticate header; what cannot be understood ends the list. */
    static List<Challenge> parse(String header) {
        List<Challenge> challenges = new ArrayList<>();
        if (header.length() > LONGEST) {
            return challenges;
        }
        Matcher parameter = PARAMETER.matcher(header);
        Matcher scheme = SCHEME.matcher(header);
        int position = 0;
        while (position < header.length()) {
            if (!challenges.isEmpty()
                    && parameter.region(position, header.length()).lookingAt()) {
                challenges.getLast().parameters().put(lower(parameter.group("name")), value(parameter));
                position = parameter.end();
            } else if (scheme.region(position, header.length()).lookingAt()) {
                challenges.add(new Challenge(lower(scheme.group("scheme")), new HashMap<>()));
                position = scheme.end();
            } else {
                break;
            }
        }
        return challenges;
    }

    private static String value(Matcher parameter) {
        String plain = parameter.group("plain");
        return plain == null ? parameter.group("quoted").replaceAll("\\\\(.)", "$1") : plain;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
