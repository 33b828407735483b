package dev.dormouse.activator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadReaderTest {
    private static final String BROWSER =
            "GET /a?b HTTP/1.1\r\nHost: Shop.Example.:8080\r\nAccept: text/html,*/*\r\n\r\n";

    @Test
    void aRequestIsReadWithItsHostAsItIsCompared() {
        assertThat(read(BROWSER + "body"))
                .isEqualTo(new Reading.Whole(new RequestHead("GET", "/a?b", Optional.of("shop.example"), true)));
    }

    @Test
    void bytesThatComeOneByOneMakeTheSame() {
        HeadReader reader = new HeadReader();
        for (int length = 1; length < BROWSER.length(); length++) {
            assertThat(reader.read(bytes(BROWSER.substring(0, length))))
                    .as("the first " + length)
                    .isEqualTo(Reading.INCOMPLETE);
        }
        assertThat(reader.read(bytes(BROWSER))).isEqualTo(read(BROWSER));
        assertThat(reader.read(bytes(BROWSER))).as("once more").isEqualTo(read(BROWSER));
    }

    @Test
    void linesWithoutCarriageReturnAndEmptyLinesBeforeAreLetPass() {
        assertThat(read("\r\n\r\nPOST / HTTP/1.0\nhost: [::1]:80\n\n"))
                .isEqualTo(new Reading.Whole(new RequestHead("POST", "/", Optional.of("[::1]"), false)));
    }

    @Test
    void whatAnAbsoluteTargetNamesCounts() {
        assertThat(read("GET http://a.example:80/x HTTP/1.1\r\nHost: b.example\r\n\r\n"))
                .isEqualTo(new Reading.Whole(new RequestHead("GET", "/x", Optional.of("a.example"), false)));
        assertThat(read("GET http://a.example?q HTTP/1.1\r\nHost: b.example\r\n\r\n"))
                .isEqualTo(new Reading.Whole(new RequestHead("GET", "/?q", Optional.of("a.example"), false)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\r\n\r\n",
                "GET x HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void whatServersReadInDifferentWaysIsMalformed(String text) {
        assertThat(read(text)).isEqualTo(Reading.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n",
                "\3\0\0\53",
                "*1\r\n$4\r\nPING\r\n",
                " GET / HTTP/1.1",
                "AVERYLONGWORDTHATISNOMETHODOFHTTP"
            })
    void anotherLanguageIsKnownByItsFirstWord(String text) {
        assertThat(read(text)).isEqualTo(Reading.NOT_HTTP);
    }

    private static Reading read(String text) {
        return new HeadReader().read(bytes(text));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
