package dev.dormouse.activator.succession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dormouse.proxy.CarriedConnection;
import dev.dormouse.units.libc.Libc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    private final List<Integer> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Libc::close);
    }

    @Test
    void servicesAndConnectionsOfEveryFormArrive() {
        Legacy web = new Legacy(
                "web",
                true,
                List.of(descriptor(), descriptor()),
                List.of(
                        new CarriedConnection(descriptor(), NONE, NONE, NONE),
                        new CarriedConnection(descriptor(), some(), NONE, NONE),
                        new CarriedConnection(descriptor(), some(), some(), NONE),
                        new CarriedConnection(descriptor(), some(), NONE, some()),
                        new CarriedConnection(descriptor(), some(), some(), some())));
        Legacy shop = new Legacy("shop", false, List.of(descriptor()), List.of());

        List<Legacy> read = read(LegacyWriter.write(List.of(web, shop)));

        assertThat(read).extracting(Legacy::name).containsExactly("web", "shop");
        assertThat(read).extracting(Legacy::awake).containsExactly(true, false);
        assertThat(read.getFirst().listeners()).hasSize(2);
        assertThat(read.getFirst().connections())
                .extracting(Form::of)
                .containsExactly(
                        Form.HELD,
                        Form.RELAYED,
                        Form.WITH_REST_TO_BACKEND,
                        Form.WITH_REST_TO_CLIENT,
                        Form.WITH_BOTH_RESTS);
    }

    /** More descriptors than a message carries, more messages than the queue of one socket takes, and parcels in another order. */
    @Test
    void manyFillSeveralParcels() {
        int one = descriptor();
        CarriedConnection connection = new CarriedConnection(one, OptionalInt.of(one), NONE, NONE);
        List<Legacy> services = new ArrayList<>();
        for (int number = 0; number < 3_000; number++) {
            services.add(new Legacy("web" + number, true, List.of(one), List.of()));
        }
        services.add(new Legacy("busy", true, List.of(one), Collections.nCopies(1_000, connection)));

        List<Integer> parcels = LegacyWriter.write(services);
        assertThat(parcels).hasSizeBetween(2, 100);
        List<Legacy> read = read(parcels.reversed());

        assertThat(read)
                .extracting(Legacy::name)
                .isEqualTo(services.stream().map(Legacy::name).toList());
        assertThat(read.getLast().connections()).hasSize(1_000);
    }

    @Test
    void whatWasReadBeforeIsNothing() {
        List<Integer> parcels = LegacyWriter.write(List.of(new Legacy("web", true, List.of(descriptor()), List.of())));
        List<Integer> copies = parcels.stream().map(SuccessionTest::copy).toList();
        read(parcels);
        assertThat(LegacyReader.read(copies)).isEmpty();
    }

    @Test
    void anotherVersionIsRefused() {
        assertRefused("it is of version '2', not 1", "VERSION=2\nNUMBER=0\nEND=1");
    }

    @Test
    void aPartIsRefused() {
        assertRefused("only 1 of its messages arrived", "VERSION=1\nNUMBER=0\nSERVICE=web");
        assertRefused("only 1 of its messages arrived", "VERSION=1\nNUMBER=1\nEND=1");
        assertRefused("a message has no number", "VERSION=1\nSERVICE=web");
        assertRefused(
                "a connection came without its descriptors",
                "VERSION=1\nNUMBER=0\nCONNECTIONS=web\nFORMS=r",
                "VERSION=1\nNUMBER=1\nEND=1");
        assertRefused(
                "no form of a connection is called 'x'",
                "VERSION=1\nNUMBER=0\nCONNECTIONS=web\nFORMS=x",
                "VERSION=1\nNUMBER=1\nEND=1");
    }

    private static void assertRefused(String message, String... texts) {
        Parcels parcels = new Parcels();
        for (String text : texts) {
            parcels.send(text, List.of());
        }
        List<Integer> sealed = parcels.seal();
        assertThatThrownBy(() -> LegacyReader.read(sealed))
                .isInstanceOf(SuccessionException.class)
                .hasMessage(message);
    }

    private List<Legacy> read(List<Integer> parcels) {
        List<Legacy> read = LegacyReader.read(parcels);
        for (Legacy legacy : read) {
            open.addAll(legacy.listeners());
            legacy.connections().forEach(connection -> open.addAll(connection.descriptors()));
        }
        return read;
    }

    private OptionalInt some() {
        return OptionalInt.of(descriptor());
    }

    private int descriptor() {
        int descriptor = Libc.eventfd();
        open.add(descriptor);
        return descriptor;
    }

    private static int copy(int descriptor) {
        return Libc.fcntl(descriptor, Libc.F_DUPFD_CLOEXEC, 3);
    }
}
