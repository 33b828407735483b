package dev.dormouse.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 127.0.0.1, 8080, 127.0.0.1:8080",
        "localhost:1, localhost, 1, localhost:1",
        "[::1]:65535, ::1, 65535, [::1]:65535",
        "[fe80::1%lo]:80, fe80::1%lo, 80, [fe80::1%lo]:80",
        "web, web, 80, web:80",
        "[::1], ::1, 80, [::1]:80"
    })
    void hostsAreRead(String text, String host, int port, String words) {
        assertThat(Target.parse(text)).isEqualTo(new Target.Host(host, port)).hasToString(words);
    }

    @Test
    void socketsAreRead() {
        assertThat(Target.parse("/run/x.sock"))
                .isEqualTo(new Target.Unix(UnixDomainSocketAddress.of("/run/x.sock")))
                .hasToString("/run/x.sock");
        assertThat(Target.parse("@name")).hasToString("@name");
    }

    @Test
    void onlyAddressesAreTakenLiterally() {
        assertThat(new Target.Host("127.0.0.1", 80).literal()).isPresent();
        assertThat(new Target.Host("::1", 80).literal()).isPresent();
        assertThat(new Target.Host("localhost", 80).literal()).isEmpty();
        assertThat(new Target.Host("web1", 80).literal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"         | '' is not HOST:PORT, [IPv6]:PORT, /path of a socket or @name of an abstract one",
                ":80        | ':80' is not HOST:PORT, [IPv6]:PORT, /path of a socket or @name of an abstract one",
                "a b:80     | 'a b:80' is not HOST:PORT, [IPv6]:PORT, /path of a socket or @name of an abstract one",
                "[::1       | '[::1' is not HOST:PORT, [IPv6]:PORT, /path of a socket or @name of an abstract one",
                "::1        | '::1': an IPv6 address, and nothing else, goes in brackets, as in [::1]:80",
                "[web]:80   | '[web]:80': an IPv6 address, and nothing else, goes in brackets, as in [::1]:80",
                "web:       | port must be a number from 1 to 65535, not ''",
                "web:0      | port must be a number from 1 to 65535, not '0'",
                "web:65536  | port must be a number from 1 to 65535, not '65536'",
                "web:http   | port must be a number from 1 to 65535, not 'http'",
            })
    void anythingElseIsRejected(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.parse(text))
                .withMessage(message);
    }
}
