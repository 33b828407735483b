package dev.dormouse.daemon.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dormouse.daemon.api.http.Reply;
import dev.dormouse.daemon.api.http.ReplyStream;
import dev.dormouse.daemon.error.EngineException;
import dev.dormouse.daemon.image.Images;
import dev.dormouse.daemon.image.PullNews;
import dev.dormouse.daemon.image.PullRequest;
import dev.dormouse.daemon.registry.Credentials;
import dev.dormouse.daemon.registry.Platform;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a pull: a JSON object for each thing that happens (moby, pkg/jsonmessage). What fails before the registry has answered for
 * the image is an HTTP error; what fails afterwards is the last object.
 */
final class PullAnswer implements Reply.Writer {
    private static final String AUTH = "x-registry-auth";

    private final Images images;
    private final PullRequest request;
    private boolean told;

    private PullAnswer(Images images, PullRequest request) {
        this.images = images;
        this.request = request;
    }

    /**
     * Of a call of {@code POST /images/create}.
     *
     * @throws EngineException.InvalidParameter naming the parameter that is wrong
     */
    static Reply of(Call call, String image, Images images) {
        PullRequest request = new PullRequest(
                image,
                call.query().text("tag").orElse(""),
                call.query().text("platform").map(Platform::parse),
                call.request().header(AUTH).map(Credentials::fromHeader).orElse(Credentials.NONE));
        return new Reply.Stream(Json.CONTENT_TYPE, new PullAnswer(images, request));
    }

    @Override
    public void write(ReplyStream out) throws InterruptedException {
        try {
            images.pull(request, news -> {
                told = true;
                out.write(Json.line(line(news)));
            });
        } catch (EngineException e) {
            if (!told) {
                // dockerd's answer, too: of a 401 the docker command makes a question for a password.
                throw e instanceof EngineException.Unauthorized
                        ? new EngineException.Failed(String.valueOf(e.getMessage()), e)
                        : e;
            }
            String message = String.valueOf(e.getMessage());
            out.write(Json.line(new Failure(message, new Failure.Detail(message))));
        }
    }

    private static Line line(PullNews news) {
        return switch (news) {
            case PullNews.Whole(String subject, String status) ->
                new Line(status, null, subject.isEmpty() ? null : subject);
            case PullNews.Stage(String layer, String status) -> new Line(status, new Amount(null, null), layer);
            case PullNews.Progress progress ->
                new Line(progress.status(), new Amount(progress.current(), progress.total()), progress.layer());
        };
    }

    /** What happened. */
    private record Line(
            @JsonProperty("status") String status,
            @JsonProperty("progressDetail") @Nullable Amount progressDetail,
            @JsonProperty("id") @Nullable String id) {}

    /** How far it is; an empty object where that means nothing. */
    private record Amount(
            @JsonProperty("current") @Nullable Long current,
            @JsonProperty("total") @Nullable Long total) {}

    /** What it failed with. */
    private record Failure(
            @JsonProperty("error") String error,
            @JsonProperty("errorDetail") Detail errorDetail) {
        private record Detail(@JsonProperty("message") String message) {}
    }
}
