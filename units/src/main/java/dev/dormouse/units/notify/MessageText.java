package dev.dormouse.units.notify;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The text of a notification: assignments, one a line (sd_notify(3)). */
final class MessageText {
    private MessageText() {}

    /** Its fields; empty if it is not text in UTF-8. Lines that assign nothing are passed over, as systemd does. */
    static Optional<Map<String, String>> parse(byte[] content) {
        return text(content).filter(text -> text.indexOf('\0') < 0).map(MessageText::fields);
    }

    private static Optional<String> text(byte[] content) {
        int length = content.length;
        // Some senders count the string's end.
        if (length > 0 && content[length - 1] == 0) {
            length--;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content, 0, length))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return fields;
    }
}
