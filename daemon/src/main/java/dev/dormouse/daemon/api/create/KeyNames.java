package dev.dormouse.daemon.api.create;

import dev.dormouse.daemon.error.EngineException;
import java.io.ByteArrayOutputStream;

/** Docker's names of keys: {@code ctrl-p,ctrl-q}. */
final class KeyNames {
    private static final String CONTROL = "ctrl-";
    /** Of ASCII's control characters those that a keyboard has, in their order behind {@code @}. */
    private static final String CONTROLLED = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

    private KeyNames() {}

    /**
     * What these keys send; nothing for none.
     *
     * @throws EngineException.InvalidParameter if one is no key
     */
    static byte[] parse(String field, String text) {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        if (text.isEmpty()) {
            return keys.toByteArray();
        }
        for (String name : text.split(",", -1)) {
            boolean control = name.startsWith(CONTROL) && name.length() == CONTROL.length() + 1;
            int code = control
                    ? CONTROLLED.indexOf(Character.toLowerCase(name.charAt(CONTROL.length())))
                    : name.length() == 1 ? name.charAt(0) : -1;
            if ((code < 0) || (code > 0x7e)) {
                throw new EngineException.InvalidParameter(field + " must be keys with commas between them, each one"
                        + " character or ctrl- and one of a-z @ [ \\ ] ^ _");
            }
            keys.write(code);
        }
        return keys.toByteArray();
    }
}
