package dev.dormouse.daemon.api.http;

/** Request methods of the Docker Engine API. */
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE;

    /** Whether such a request may change something. */
    public boolean mutates() {
        return switch (this) {
            case GET, HEAD -> false;
            case POST, PUT, DELETE -> true;
        };
    }
}
