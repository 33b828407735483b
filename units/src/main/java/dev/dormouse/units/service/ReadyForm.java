package dev.dormouse.units.service;

import java.util.regex.Pattern;

/**
 * The ways to be ready that a service may be declared with. The activator reads them in full; this is what a declaration is checked
 * against where the activator is not at hand.
 */
public final class ReadyForm {
    private static final String STATUSES = "[2-5][0-9]{2}(-[2-5][0-9]{2})?";
    private static final Pattern FORM =
            Pattern.compile("listening|tcp|http:/[!-~&&[^#,]]*(," + STATUSES + "(," + STATUSES + ")*)?");

    private ReadyForm() {}

    /**
     * The text itself.
     *
     * @throws DeclarationException if it is no way to be ready
     */
    public static String checked(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new DeclarationException(
                    "'" + text + "' is no way to be ready: listening, tcp or http:/path[,statuses]");
        }
        return text;
    }
}
