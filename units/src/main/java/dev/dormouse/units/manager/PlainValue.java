package dev.dormouse.units.manager;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt16;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** Turns what dbus-java reads into values of the JDK's: strings, booleans, numbers, lists (of structures too), maps. */
final class PlainValue {
    private PlainValue() {}

    static Object of(Object value) {
        return switch (value) {
            case Variant<?> variant -> of(variant.getValue());
            case DBusPath path -> path.getPath();
            case UInt16 number -> number.intValue();
            case UInt32 number -> number.longValue();
            // Its bits: "infinity" is all ones, which is -1.
            case UInt64 number -> number.value().longValue();
            case Object[] structure ->
                Arrays.stream(structure).map(PlainValue::of).toList();
            case List<?> list -> list.stream().map(PlainValue::of).toList();
            case Map<?, ?> map -> ofMap(map);
            default -> value;
        };
    }

    static Map<String, Object> ofMap(Map<?, ?> map) {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((key, value) -> plain.put(String.valueOf(key), of(value)));
        return plain;
    }
}
