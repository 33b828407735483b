package dev.dormouse.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Asks a DNS server for an IPv4 address (RFC 1035). Once: the question is not repeated, and a connected socket takes the answer only from the
 * address that was asked.
 */
final class DnsQuestion implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int ID = 0x4d0e;

    private final DatagramSocket socket;

    DnsQuestion(String server, int port) throws IOException {
        this.socket = new DatagramSocket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(server), port));
    }

    static String once(String server, int port, String name) throws IOException {
        try (DnsQuestion question = new DnsQuestion(server, port)) {
            question.ask(name);
            return question.answer();
        }
    }

    /** The same by TCP. */
    static String byTcp(String server, int port, String name) throws IOException {
        try (Socket stream = new Socket(InetAddress.ofLiteral(server), port)) {
            stream.setSoTimeout(PATIENCE_MILLIS);
            byte[] query = query(name);
            DataOutputStream out = new DataOutputStream(stream.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            byte[] length = stream.getInputStream().readNBytes(Short.BYTES);
            return address(
                    stream.getInputStream().readNBytes(ByteBuffer.wrap(length).getShort()));
        }
    }

    void ask(String name) throws IOException {
        byte[] query = query(name);
        socket.send(new DatagramPacket(query, query.length));
    }

    /** The last four bytes of an answer with one A record. */
    String answer() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
        socket.receive(packet);
        return address(ByteBuffer.allocate(packet.getLength())
                .put(packet.getData(), 0, packet.getLength())
                .array());
    }

    private static byte[] query(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(ID);
        out.writeShort(0x0100); // recursion desired
        out.writeShort(1); // a question
        out.writeShort(0);
        out.writeShort(0);
        out.writeShort(0);
        for (String label : name.split("\\.", -1)) {
            out.writeByte(label.length());
            out.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeByte(0);
        out.writeShort(1); // A
        out.writeShort(1); // IN
        return bytes.toByteArray();
    }

    private static String address(byte[] answer) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(answer);
        assertThat(header.getShort(0)).as("the id of the question").isEqualTo((short) ID);
        assertThat(header.getShort(6)).as("answers").isEqualTo((short) 1);
        byte[] last = new byte[4];
        header.get(answer.length - last.length, last);
        return InetAddress.getByAddress(last).getHostAddress();
    }

    @Override
    public void close() {
        socket.close();
    }
}
