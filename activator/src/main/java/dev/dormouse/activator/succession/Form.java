package dev.dormouse.activator.succession;

import dev.dormouse.proxy.CarriedConnection;
import java.util.Iterator;
import java.util.OptionalInt;

/** Which descriptors a connection has, in one letter of a message. */
enum Form {
    HELD('h', false, false, false),
    RELAYED('r', true, false, false),
    WITH_REST_TO_BACKEND('b', true, true, false),
    WITH_REST_TO_CLIENT('c', true, false, true),
    WITH_BOTH_RESTS('d', true, true, true);

    private final char letter;
    private final boolean backend;
    private final boolean toBackend;
    private final boolean toClient;

    Form(char letter, boolean backend, boolean toBackend, boolean toClient) {
        this.letter = letter;
        this.backend = backend;
        this.toBackend = toBackend;
        this.toClient = toClient;
    }

    static Form of(CarriedConnection connection) {
        for (Form form : values()) {
            if (form.backend == connection.backend().isPresent()
                    && form.toBackend == connection.toBackend().isPresent()
                    && form.toClient == connection.toClient().isPresent()) {
                return form;
            }
        }
        throw new IllegalArgumentException("bytes of a connection without a backend: " + connection);
    }

    static Form of(char letter) {
        for (Form form : values()) {
            if (form.letter == letter) {
                return form;
            }
        }
        throw new SuccessionException("no form of a connection is called '" + letter + "'");
    }

    char letter() {
        return letter;
    }

    CarriedConnection connection(Iterator<Integer> descriptors) {
        return new CarriedConnection(
                next(true, descriptors).orElseThrow(),
                next(backend, descriptors),
                next(toBackend, descriptors),
                next(toClient, descriptors));
    }

    private static OptionalInt next(boolean there, Iterator<Integer> descriptors) {
        if (!there) {
            return OptionalInt.empty();
        }
        if (!descriptors.hasNext()) {
            throw new SuccessionException("a connection came without its descriptors");
        }
        return OptionalInt.of(descriptors.next());
    }
}
