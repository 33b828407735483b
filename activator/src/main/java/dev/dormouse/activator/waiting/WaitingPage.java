package dev.dormouse.activator.waiting;

import dev.dormouse.activator.http.HeadReader;
import dev.dormouse.activator.http.HttpAnswer;
import dev.dormouse.activator.http.Reading;
import dev.dormouse.activator.http.RequestHead;
import dev.dormouse.proxy.WaitingRoom;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells clients that speak HTTP to come again: 503 with Retry-After. What a browser shows asks again by itself, without a script. Others, among
 * them TLS, cannot be told, and wait on. Thread-safe.
 */
public final class WaitingPage implements WaitingRoom {
    private static final String STATUS = "503 Service Unavailable";
    /** Seconds. The next request is held as long as the first was, so a page asks no more often than this. */
    private static final int AGAIN = 1;

    private static final String RETRY = "Retry-After: " + AGAIN + "\r\n";
    /** The page loads nothing and runs nothing. */
    private static final String POLICY = "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n";

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="refresh" content="AGAIN">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>NAME is waking up</title>
            <style>
            body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto; padding: 0 1rem }
            h1 { font-size: 1.5rem; font-weight: 600 }
            </style>
            </head>
            <body>
            <main>
            <h1>NAME is waking up</h1>
            <p role="status">It was asleep, as nobody had asked for it. This page shows it as soon as it is ready.</p>
            </main>
            </body>
            </html>
            """;

    private final Duration patience;
    private final HttpAnswer page;
    private final HttpAnswer text;

    /** The page of a service, for those who have waited for so long. */
    public WaitingPage(String service, Duration patience) {
        this.patience = patience;
        String name = escaped(service);
        this.page = new HttpAnswer(
                STATUS,
                RETRY + POLICY,
                "text/html; charset=utf-8",
                PAGE.replace("AGAIN", String.valueOf(AGAIN)).replace("NAME", name));
        this.text = new HttpAnswer(
                STATUS, RETRY, "text/plain; charset=utf-8", service + " is waking up; ask again in a second.\n");
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public Optional<ByteBuffer> answer(ByteBuffer sent) {
        return switch (new HeadReader().read(sent)) {
            case Reading.Incomplete _, Reading.NotHttp _, Reading.Malformed _ -> Optional.empty();
            case Reading.Whole(RequestHead head) ->
                Optional.of((head.isPageView() ? page : text).bytes(!head.isHead()));
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
