package dev.dormouse.daemon.image;

import dev.dormouse.daemon.error.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words of a Dockerfile instruction: split at blanks outside of quotes, then freed of quotes, with {@code $NAME}, {@code ${NAME}},
 * {@code ${NAME:-word}} and {@code ${NAME:+word}} replaced outside of single quotes (Dockerfile reference, "Environment replacement").
 */
final class Words {
    private static final Pattern VARIABLE = Pattern.compile(
            "\\$(?:(?<plain>[A-Za-z_][A-Za-z0-9_]*)|\\{(?<braced>[A-Za-z_][A-Za-z0-9_]*)(?::(?<modifier>[-+])(?<word>[^}]*))?})");

    private final String text;
    private final Map<String, String> variables;
    private final StringBuilder word = new StringBuilder();
    private int position;

    private Words(String text, Map<String, String> variables) {
        this.text = text;
        this.variables = variables;
    }

    /** Splits only: quotes and escapes stay in the words. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                addWord(words, current);
                continue;
            }
            current.append(c);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                i++;
                current.append(text.charAt(i));
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        addWord(words, current);
        return words;
    }

    /**
     * One word as it is meant.
     *
     * @throws EngineException.InvalidParameter if a quote is not closed or a variable's form is unknown; without the word, which may be
     *     a secret
     */
    static String expand(String text, Map<String, String> variables) {
        return new Words(text, variables).expand();
    }

    private static void addWord(List<String> words, StringBuilder current) {
        if (!current.isEmpty()) {
            words.add(current.toString());
            current.setLength(0);
        }
    }

    private String expand() {
        while (position < text.length()) {
            char c = text.charAt(position);
            switch (c) {
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                default -> unquoted(c);
            }
        }
        return word.toString();
    }

    private void unquoted(char c) {
        if (c == '$') {
            variable();
        } else if (c == '\\' && position + 1 < text.length()) {
            word.append(text.charAt(position + 1));
            position += 2;
        } else {
            word.append(c);
            position++;
        }
    }

    private void singleQuoted() {
        int end = text.indexOf('\'', position + 1);
        if (end < 0) {
            throw unclosed("single");
        }
        word.append(text, position + 1, end);
        position = end + 1;
    }

    private void doubleQuoted() {
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            char c = text.charAt(position);
            boolean escapes = c == '\\' && position + 1 < text.length();
            if (c == '$') {
                variable();
            } else if (escapes && "\"$\\".indexOf(text.charAt(position + 1)) >= 0) {
                word.append(text.charAt(position + 1));
                position += 2;
            } else {
                word.append(c);
                position++;
            }
        }
        if (position >= text.length()) {
            throw unclosed("double");
        }
        position++;
    }

    private void variable() {
        Matcher matcher = VARIABLE.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            if (text.startsWith("${", position)) {
                throw new EngineException.InvalidParameter("a variable has an unknown form;"
                        + " allowed are $NAME, ${NAME}, ${NAME:-word} and ${NAME:+word}");
            }
            word.append('$');
            position++;
            return;
        }
        String name = matcher.group("plain") == null ? matcher.group("braced") : matcher.group("plain");
        String value = variables.getOrDefault(name, "");
        String modifier = matcher.group("modifier");
        if (modifier == null) {
            word.append(value);
        } else if (modifier.equals("-") == value.isEmpty()) {
            word.append(expand(matcher.group("word"), variables));
        } else if (modifier.equals("-")) {
            word.append(value);
        }
        position = matcher.end();
    }

    private EngineException unclosed(String kind) {
        return new EngineException.InvalidParameter("a " + kind + " quote is not closed");
    }
}
