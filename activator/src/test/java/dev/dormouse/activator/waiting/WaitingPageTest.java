package dev.dormouse.activator.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingPageTest {
    private final WaitingPage page = new WaitingPage("<shop>", Duration.ofSeconds(1));

    @Test
    void aBrowserIsShownAPageThatAsksAgainWithoutAScript() {
        String answer =
                answer("GET / HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n").orElseThrow();

        assertThat(answer)
                .startsWith("HTTP/1.1 503 ")
                .contains(
                        "\r\nRetry-After: 1\r\n", "\r\nContent-Type: text/html", "http-equiv=\"refresh\" content=\"1\"")
                .contains("<h1>&lt;shop&gt; is waking up</h1>")
                .doesNotContain("<script", "NAME", "AGAIN");
    }

    @Test
    void othersAreToldInAFewWords() {
        assertThat(answer("POST / HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\n")
                        .orElseThrow())
                .contains("\r\nRetry-After: 1\r\n", "text/plain")
                .endsWith("<shop> is waking up; ask again in a second.\n");
        assertThat(answer("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").orElseThrow()).endsWith("\r\n\r\n");
    }

    @Test
    void whoHasNotAskedOrSpeaksAnotherLanguageIsNotAnswered() {
        assertThat(answer("GET / HTTP/1.1\r\n")).isEmpty();
        assertThat(answer("\26\3\1\0\5hello")).isEmpty();
    }

    private Optional<String> answer(String sent) {
        return page.answer(ByteBuffer.wrap(sent.getBytes(StandardCharsets.ISO_8859_1)))
                .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString());
    }
}
