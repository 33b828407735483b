package dev.dormouse.daemon.registry;

import dev.dormouse.daemon.error.EngineException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends requests and follows redirects. Who is asked first alone gets the Authorization: a blob's storage, to which registries redirect,
 * is somebody else. Thread-safe.
 */
final class Exchange {
    static final String AUTHORIZATION = "Authorization";

    private static final String AGENT = "dormouse";
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;
    private final Pace pace;

    /** @param client follows no redirects by itself */
    Exchange(HttpClient client, Pace pace) {
        this.client = client;
        this.pace = pace;
    }

    /**
     * An answer's head, and its body to be read and closed.
     *
     * @param elsewhere whether another host than the one that was asked gave it
     */
    record Response(URI uri, int status, HttpHeaders headers, ResponseBody body, boolean elsewhere)
            implements AutoCloseable {
        @Override
        public void close() {
            body.close();
        }
    }

    /**
     * Asks by GET.
     *
     * @throws IOException if there was no answer, or none in time
     * @throws EngineException.Failed if it leads where no registry may lead
     */
    Response get(URI uri, Map<String, String> headers) throws IOException, InterruptedException {
        URI target = uri;
        boolean elsewhere = false;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpRequest.Builder request = request(target).GET();
            for (Map.Entry<String, String> header : headers.entrySet()) {
                if (!elsewhere || !header.getKey().equals(AUTHORIZATION)) {
                    request.header(header.getKey(), header.getValue());
                }
            }
            Response response = send(request.build(), elsewhere);
            Optional<String> location = response.headers().firstValue("Location");
            if (!REDIRECTS.contains(response.status()) || location.isEmpty()) {
                return response;
            }
            response.close();
            URI next = redirected(target, location.get());
            elsewhere |= !sameOrigin(target, next);
            target = next;
        }
        throw new EngineException.Failed("Get \"" + shown(uri) + "\": stopped after " + MOST_REDIRECTS + " redirects");
    }

    /** Sends a form; an answer that is a redirect is not followed. */
    Response post(URI uri, String form) throws IOException, InterruptedException {
        return send(
                request(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                false);
    }

    /** Without its query, in which a storage's URLs carry signatures. */
    static String shown(URI uri) {
        String text = uri.toString();
        int query = text.indexOf('?');
        return Quoted.of(query < 0 ? text : text.substring(0, query));
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(pace.answer()).header("User-Agent", AGENT);
    }

    private Response send(HttpRequest request, boolean elsewhere) throws IOException, InterruptedException {
        HttpResponse<ResponseBody> response = client.send(request, _ -> new ResponseBody(pace.stall()));
        return new Response(request.uri(), response.statusCode(), response.headers(), response.body(), elsewhere);
    }

    private static URI redirected(URI from, String location) {
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException _) {
            throw new EngineException.Failed("Get \"" + shown(from) + "\": it redirects to what is no URL");
        }
        boolean http = "http".equals(to.getScheme()) && !"https".equals(from.getScheme());
        if ((!http && !"https".equals(to.getScheme())) || to.getHost() == null || to.getUserInfo() != null) {
            throw new EngineException.Failed("Get \"" + shown(from) + "\": it redirects to " + shown(to)
                    + "; allowed is https, and http only where http was asked");
        }
        return to;
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }
}
