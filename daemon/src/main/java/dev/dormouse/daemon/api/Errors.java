package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failed call is answered with. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private static final int RETRY_SECONDS = 5;

    private Errors() {}

    /** The one place where an engine's error becomes an HTTP status. */
    static int status(EngineException error) {
        return switch (error) {
            case EngineException.NotModified _ -> 304;
            case EngineException.InvalidParameter _ -> 400;
            case EngineException.Unauthorized _ -> 401;
            case EngineException.NotFound _ -> 404;
            case EngineException.Conflict _ -> 409;
            case EngineException.Failed _ -> 500;
            case EngineException.NotImplemented _ -> 501;
            case EngineException.Unavailable _ -> 503;
            case EngineException.NotReady _ -> 503;
        };
    }

    static Reply reply(Exception cause) {
        return switch (cause) {
            case EngineException.NotModified _ -> new Reply.Empty(304);
            case EngineException.NotReady early ->
                new Reply.Later(RETRY_SECONDS, message(status(early), String.valueOf(early.getMessage())));
            case EngineException error -> {
                if (error instanceof EngineException.Failed) {
                    LOG.warn("request failed: {}", error.getMessage());
                }
                yield message(status(error), String.valueOf(error.getMessage()));
            }
            case IOException broken -> message(400, "could not read the request: " + broken.getMessage());
            default -> {
                LOG.error("a request ended in an error of the engine itself", cause);
                yield message(
                        500,
                        "the engine has an error, see its log (journalctl -u dormouse): "
                                + cause.getClass().getSimpleName());
            }
        };
    }

    static Reply.Bytes message(int status, String text) {
        return Json.reply(status, new Message(text));
    }

    /** dockerd's form of an error. */
    record Message(
            @com.fasterxml.jackson.annotation.JsonProperty("message")
            String message) {}
}
