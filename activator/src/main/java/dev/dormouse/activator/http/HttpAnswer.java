package dev.dormouse.activator.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An answer that ends the connection.
 *
 * @param status with its reason
 * @param fields further header fields, each line with its end
 */
public record HttpAnswer(String status, String fields, String contentType, String body) {
    /** One of text. */
    public static HttpAnswer text(String status, String body) {
        return new HttpAnswer(status, "", "text/plain; charset=utf-8", body + "\n");
    }

    /** Its bytes. */
    public ByteBuffer bytes(boolean withBody) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + content.length + "\r\nCache-Control: no-store\r\nConnection: close\r\n" + fields + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(start.length + (withBody ? content.length : 0))
                .put(start);
        return (withBody ? bytes.put(content) : bytes).flip().asReadOnlyBuffer();
    }
}
