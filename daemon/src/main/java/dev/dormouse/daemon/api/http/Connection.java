package dev.dormouse.daemon.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: a virtual thread of its own takes request after request, so pipelined requests are answered in order.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** What is read away of an upload that was refused, so that the client gets to see the answer. */
    private static final long DRAIN_BYTES = 16L * 1024 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Channel channel;
    private final RequestHandler handler;
    private final Map<String, String> commonHeaders;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Presence presence = new Presence();
    private final Once noMoreInput = new Once();
    private volatile boolean raw;
    private volatile boolean dialogue;
    private volatile boolean draining;
    private boolean ended;
    private boolean busy;
    private boolean streaming;

    Connection(Channel channel, RequestHandler handler, Map<String, String> commonHeaders) {
        this.channel = channel;
        this.handler = handler;
        this.commonHeaders = commonHeaders;
        this.inbox = new Inbox(channel);
        this.outbox = new Outbox(channel);
    }

    Inbox inbox() {
        return inbox;
    }

    Outbox outbox() {
        return outbox;
    }

    boolean isRaw() {
        return raw;
    }

    /** Whether what comes in raw is read. */
    boolean isDialogue() {
        return dialogue;
    }

    void start(Optional<Peer> peer) {
        Thread.ofVirtual().name("api-connection").start(() -> run(peer));
    }

    /** The client ended its side. An HTTP client that does so is taken for gone, as Go's server does; a raw stream's is not. */
    void inputEnded() {
        inbox.end();
        noMoreInput.happen();
        if (!raw) {
            presence.leave();
        }
    }

    /** The channel is closed. */
    void closed() {
        inbox.discard();
        noMoreInput.happen();
        presence.leave();
        outbox.wake();
    }

    /** The next answer is the connection's last. */
    void drain() {
        draining = true;
    }

    /**
     * Waits until no answer is under way.
     *
     * @param deadline of System.nanoTime()
     * @param streams whether a stream is waited for too
     * @return whether it came to that before the deadline
     */
    synchronized boolean awaitAnswer(long deadline, boolean streams) throws InterruptedException {
        while (busy && (streams || !streaming)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Ends the connection after the answer that is under way; a stream is ended now. */
    void end() {
        draining = true;
        presence.leave();
        synchronized (this) {
            ended = true;
            if (!busy) {
                ChannelFuture _ = channel.close();
            }
        }
    }

    private void run(Optional<Peer> peer) {
        try {
            boolean goOn = true;
            while (goOn) {
                Optional<HttpObject> message = inbox.take();
                goOn = message.isPresent() && begin() && exchange(message.get(), peer);
            }
        } catch (ReplyStream.ClientGone | IOException e) {
            LOG.debug("client gone: {}", e.getMessage());
        } finally {
            answered(false);
            inbox.discard();
            if (channel.isActive()) {
                outbox.close(Unpooled.EMPTY_BUFFER);
            }
        }
    }

    private synchronized boolean begin() {
        busy = !ended;
        return busy;
    }

    private synchronized void streams() {
        streaming = true;
        notifyAll();
    }

    /** Whether the connection goes on. */
    private synchronized boolean answered(boolean keepAlive) {
        busy = false;
        streaming = false;
        notifyAll();
        return keepAlive && !draining;
    }

    /** Whether the connection goes on to the next request. */
    private boolean exchange(HttpObject message, Optional<Peer> peer) throws IOException {
        if (!(message instanceof HttpRequest head) || message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            outbox.close(RequestHeads.refusal(message.decoderResult()));
            return false;
        }
        Optional<Method> method = RequestHeads.method(head);
        if (method.isEmpty()) {
            outbox.close(RequestHeads.refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "method not allowed"));
            return false;
        }
        try (BodyStream body = new BodyStream(inbox, HttpUtil.is100ContinueExpected(head), this::sendContinue)) {
            Optional<Request> request = RequestHeads.request(method.get(), head, body, peer);
            if (request.isEmpty()) {
                outbox.close(RequestHeads.refusal(HttpResponseStatus.BAD_REQUEST, "malformed query"));
                return false;
            }
            Answer answer = new Answer(head, outbox, presence, commonHeaders, draining);
            boolean keepAlive = answer(answer, request.get(), body);
            return !raw && answered(body.drain(DRAIN_BYTES) && keepAlive);
        }
    }

    /** Whether the answer leaves the connection open for another. */
    private boolean answer(Answer answer, Request request, BodyStream body) throws IOException {
        String asker = RequestLog.asker(request);
        long began = System.nanoTime();
        try {
            Reply reply = reply(request);
            return switch (reply) {
                case Reply.Raw(String type, Reply.Writer writer) -> {
                    streams();
                    becomeRaw();
                    answer.writeRaw(type, writer);
                    yield false;
                }
                case Reply.Dialogue(String type, Reply.Talker talker) -> {
                    streams();
                    talk(answer, type, talker, body);
                    yield false;
                }
                case Reply.Stream _ -> {
                    streams();
                    yield answer.write(reply, handler);
                }
                case Reply.Empty _, Reply.Bytes _, Reply.Later _ -> answer.write(reply, handler);
            };
        } finally {
            RequestLog.answered(request, asker, answer.status(), Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Reply reply(Request request) {
        try {
            return handler.handle(request);
        } catch (InterruptedException e) {
            // Nobody interrupts a handler; only a stream's writer.
            throw new IllegalStateException("a request's thread was interrupted", e);
        } catch (Exception e) {
            return handler.failure(e);
        }
    }

    private void talk(Answer answer, String type, Reply.Talker talker, BodyStream body) throws IOException {
        if (!body.drain(DRAIN_BYTES)) {
            throw new IOException("the request's body is too long");
        }
        dialogue = true;
        becomeRaw();
        answer.writeRaw(type, out -> talker.talk(new RawInput(inbox), out));
        linger();
    }

    /**
     * Ends its own side, and waits a moment for the client's: a close with bytes that nobody has read resets the connection, and the client
     * may lose the end of the answer (RFC 9112, 9.6; unix_release_sock).
     */
    private void linger() {
        inbox.discard();
        outbox.end();
        boolean _ = noMoreInput.await(LINGER);
    }

    private void becomeRaw() {
        raw = true;
        // Removing the codec hands on what it had read ahead, as bytes; they are discarded like all input of a raw
        // stream.
        channel.eventLoop()
                .submit(() -> channel.pipeline().remove(HttpServer.CODEC))
                .syncUninterruptibly();
    }

    private void sendContinue() {
        outbox.send(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
}
