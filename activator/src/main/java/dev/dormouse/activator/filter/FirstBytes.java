package dev.dormouse.activator.filter;

import dev.dormouse.activator.http.HeadReader;
import dev.dormouse.activator.http.HttpAnswer;
import dev.dormouse.activator.http.Reading;
import dev.dormouse.activator.http.RequestHead;
import dev.dormouse.activator.tls.Hello;
import dev.dormouse.activator.tls.HelloReader;
import dev.dormouse.activator.tls.TlsAlert;
import dev.dormouse.units.service.WakeFilter;
import java.nio.ByteBuffer;

/** Judges one client by what it has sent. For one thread. */
final class FirstBytes {
    private static final HttpAnswer BAD_REQUEST = HttpAnswer.text("400 Bad Request", "This is no request.");
    private static final HttpAnswer TLS_WANTED =
            HttpAnswer.text("400 Bad Request", "Here is no plain HTTP: ask by https.");
    private static final HttpAnswer MISDIRECTED =
            HttpAnswer.text("421 Misdirected Request", "There is no such host here.");
    private static final HttpAnswer NOT_FOUND = HttpAnswer.text("404 Not Found", "There is no such path here.");

    private final WakeFilter filter;
    private final HelloReader hello = new HelloReader();
    private final HeadReader head = new HeadReader();

    FirstBytes(WakeFilter filter) {
        this.filter = filter;
    }

    /** What they say, at least one. */
    Finding judge(ByteBuffer sent) {
        if (!filter.readsTls() && !filter.readsHttp()) {
            return Finding.RIGHT;
        }
        return sent.get(0) == HelloReader.HANDSHAKE ? tls(sent) : http(sent);
    }

    private Finding tls(ByteBuffer sent) {
        if (!filter.readsTls()) {
            return new Finding.Refused(Reason.PROTOCOL, TlsAlert.HANDSHAKE_FAILURE.bytes());
        }
        return switch (hello.read(sent)) {
            case Hello.Incomplete _ -> Finding.OPEN;
            case Hello.Malformed _ -> new Finding.Refused(Reason.MALFORMED, TlsAlert.DECODE_ERROR.bytes());
            case Hello.Whole whole ->
                filter.sni().stream()
                                .anyMatch(pattern -> whole.serverName()
                                        .filter(pattern::matches)
                                        .isPresent())
                        ? Finding.RIGHT
                        : new Finding.Refused(Reason.SNI, TlsAlert.UNRECOGNIZED_NAME.bytes());
        };
    }

    private Finding http(ByteBuffer sent) {
        return switch (head.read(sent)) {
            case Reading.Incomplete _ -> Finding.OPEN;
            case Reading.NotHttp _ -> new Finding.Refused(Reason.PROTOCOL);
            case Reading.Malformed _ -> refused(Reason.MALFORMED, BAD_REQUEST, true);
            case Reading.Whole whole -> judge(whole.head());
        };
    }

    private Finding judge(RequestHead request) {
        boolean withBody = !request.isHead();
        if (!filter.readsHttp()) {
            return refused(Reason.PROTOCOL, TLS_WANTED, withBody);
        }
        boolean host = filter.hosts().isEmpty()
                || filter.hosts().stream()
                        .anyMatch(pattern ->
                                request.host().filter(pattern::matches).isPresent());
        if (!host) {
            return refused(Reason.HOST, MISDIRECTED, withBody);
        }
        boolean path =
                filter.paths().isEmpty() || filter.paths().stream().anyMatch(prefix -> prefix.matches(request.path()));
        return path ? Finding.RIGHT : refused(Reason.PATH, NOT_FOUND, withBody);
    }

    private static Finding refused(Reason reason, HttpAnswer answer, boolean withBody) {
        return new Finding.Refused(reason, answer.bytes(withBody));
    }
}
