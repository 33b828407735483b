package dev.dormouse.units.service;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The ways to be ready that a service may be declared with. The activator reads them in full; this is what a declaration is checked
 * against where the activator is not at hand.
 */
public final class ReadyForm {
    private static final String COMMAND = "command:";
    private static final String LOG = "log:";
    private static final String STATUSES = "[2-5][0-9]{2}(-[2-5][0-9]{2})?";
    private static final Pattern FORM =
            Pattern.compile("auto|health|listening|tcp|http:/[!-~&&[^#,]]*(," + STATUSES + "(," + STATUSES + ")*)?");

    /** RFC 8259: a list of strings, the first not empty. Possessive, so that a long one needs no deep stack. */
    private static final Pattern WORDS = Pattern.compile("\\[\\s*+(?!\"\")STRING(\\s*+,\\s*+STRING)*+\\s*+]\\s*+"
            .replace(
                    "STRING",
                    "\"[^\"\\\\\\x00-\\x1f]*+(?:\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4})[^\"\\\\\\x00-\\x1f]*+)*+\"")
            .replace("\\s", "[ \\t\\r\\n]"));

    private ReadyForm() {}

    /** Whether it is root's prober that sees it, in any container: {@code health} counts only in one that has a health check. */
    public static boolean isProbed(String text) {
        return text.startsWith(COMMAND) || text.startsWith(LOG);
    }

    /**
     * The text itself.
     *
     * @throws DeclarationException if it is no way to be ready
     */
    public static String checked(String text) {
        boolean right = text.startsWith(COMMAND)
                ? isCommand(text.substring(COMMAND.length()))
                : text.startsWith(LOG)
                        ? isExpression(text.substring(LOG.length()))
                        : FORM.matcher(text).matches();
        if (!right) {
            throw new DeclarationException("'" + text
                    + "' is no way to be ready: auto, health, listening, tcp, http:/path[,statuses], command:COMMAND (for a"
                    + " shell, or a JSON list of texts) or log:REGEX");
        }
        return text;
    }

    private static boolean isCommand(String text) {
        return !text.isBlank()
                && text.indexOf('\0') < 0
                && (!text.startsWith("[") || WORDS.matcher(text).matches());
    }

    private static boolean isExpression(String text) {
        try {
            return !text.isEmpty() && Pattern.compile(text).pattern().equals(text);
        } catch (PatternSyntaxException _) {
            return false;
        }
    }
}
