package dev.dormouse.activator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelloReaderTest {
    private static final Hello SHOP = new Hello.Whole(Optional.of("shop.example"));

    @Test
    void theNameIsReadInLowerCase() {
        assertThat(read(Hellos.naming("Shop.Example"))).isEqualTo(SHOP);
        assertThat(read(Hellos.naming(""))).isEqualTo(new Hello.Whole(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void aMessageInManyRecordsIsOne(int size) {
        assertThat(read(Hellos.inRecordsOf(size, Hellos.naming("shop.example"))))
                .isEqualTo(SHOP);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 1 << 13})
    void bytesThatComeOneByOneMakeTheSame(int size) {
        byte[] whole = Hellos.naming("shop.example");
        byte[] hello = size > 255 ? whole : Hellos.inRecordsOf(size, whole);
        HelloReader reader = new HelloReader();
        for (int length = 0; length < hello.length; length++) {
            assertThat(reader.read(ByteBuffer.wrap(Arrays.copyOf(hello, length))))
                    .as("the first " + length)
                    .isEqualTo(Hello.INCOMPLETE);
        }
        assertThat(reader.read(ByteBuffer.wrap(hello))).isEqualTo(SHOP);
    }

    @Test
    void whatIsNoClientHelloIsMalformed() {
        assertThat(read(Hellos.text("GET / HTTP/1.1\r\n"))).isEqualTo(Hello.MALFORMED);
        assertThat(read(new byte[] {22, 2, 0, 0, 4, 1, 0, 0, 0})).as("version").isEqualTo(Hello.MALFORMED);
        assertThat(read(new byte[] {22, 3, 1, 0, 0})).as("empty record").isEqualTo(Hello.MALFORMED);
        assertThat(read(new byte[] {22, 3, 1, 127, 0})).as("record too long").isEqualTo(Hello.MALFORMED);
        assertThat(read(new byte[] {22, 3, 1, 0, 4, 2, 0, 0, 0}))
                .as("ServerHello")
                .isEqualTo(Hello.MALFORMED);
        assertThat(read(new byte[] {22, 3, 1, 0, 4, 1, 0, 0, 0}))
                .as("nothing in it")
                .isEqualTo(Hello.MALFORMED);
    }

    @Test
    void anyByteMayBeWrongAndNothingElseComesOfIt() {
        byte[] hello = Hellos.naming("shop.example");
        Random random = new Random(4);
        for (int at = 0; at < hello.length; at++) {
            byte[] spoilt = hello.clone();
            spoilt[at] = (byte) random.nextInt(256);
            assertThat(read(spoilt)).as("byte " + at).isNotNull();
        }
    }

    private static Hello read(byte[] bytes) {
        return new HelloReader().read(ByteBuffer.wrap(bytes));
    }
}
