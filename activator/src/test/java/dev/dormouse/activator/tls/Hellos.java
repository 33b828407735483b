package dev.dormouse.activator.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** ClientHellos, made by the JDK's own TLS, and what can be done to them. */
public final class Hellos {
    private Hellos() {}

    /** One that asks for a name; for none if that is empty. */
    public static byte[] naming(String name) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
            engine.setSSLParameters(parameters);
            ByteBuffer hello = ByteBuffer.allocate(32 * 1024);
            engine.wrap(ByteBuffer.allocate(0), hello);
            byte[] bytes = new byte[hello.position()];
            hello.flip().get(bytes);
            return bytes;
        } catch (SSLException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same message in records of a few bytes each. */
    static byte[] inRecordsOf(int size, byte[] hello) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int at = 5; at < hello.length; at += size) {
            int length = Math.min(size, hello.length - at);
            records.writeBytes(new byte[] {22, 3, 1, 0, (byte) length});
            records.write(hello, at, length);
        }
        return records.toByteArray();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
