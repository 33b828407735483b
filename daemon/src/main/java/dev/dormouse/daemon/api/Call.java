package dev.dormouse.daemon.api;

import dev.dormouse.daemon.api.http.Query;
import dev.dormouse.daemon.api.http.Request;
import dev.dormouse.daemon.error.EngineException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that found its route.
 *
 * @param name the path's variable: which container, which image
 */
record Call(Request request, String name, ApiVersion version) {
    Query query() {
        return request.query();
    }

    /** A whole number of the query. */
    Optional<Integer> number(String parameter) {
        return query().text(parameter).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw invalid(parameter, "a whole number", text);
            }
        });
    }

    /** A moment in the query: seconds since 1970, with a fraction of up to nine digits. */
    Optional<Instant> moment(String parameter) {
        return query().text(parameter).map(text -> moment(parameter, text));
    }

    private static Instant moment(String parameter, String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            BigDecimal whole = seconds.setScale(0, java.math.RoundingMode.FLOOR);
            return Instant.ofEpochSecond(
                    whole.longValueExact(),
                    seconds.subtract(whole).movePointRight(9).longValue());
        } catch (ArithmeticException | NumberFormatException | java.time.DateTimeException e) {
            throw invalid(parameter, "seconds since 1970", text);
        }
    }

    static EngineException.InvalidParameter invalid(String parameter, String allowed, String value) {
        return new EngineException.InvalidParameter(
                "query parameter " + parameter + " must be " + allowed + ", not '" + value + "'");
    }
}
